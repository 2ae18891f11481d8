package dev.asyncloop.loop;

import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promise;
import dev.asyncloop.loop.core.Timer;
import dev.asyncloop.text.Words;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a sleeping task awaits. It is done when its timer fires, and says how much time is left. */
final class SleepFuture extends Promise<@Nullable Void> {

    private final Timer timer;

    SleepFuture(LoopCore core, Duration delay) {
        super(core);
        timer = core.timerIn(delay, () -> complete(null));
    }

    void sleep() {
        try {
            await();
        } finally {
            timer.cancel();
        }
    }

    @Override
    protected String describe() {
        return "sleep, " + Words.rounded(timer.when().minus(Duration.ofNanos(core().nanos()))) + " left";
    }
}
