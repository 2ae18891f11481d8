package dev.asyncloop.loop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a sleeping task awaits: done when its timer fires, and it knows how long that still is. */
final class SleepFuture extends LoopFuture<@Nullable Void> {

    private final TimerHandle timer;

    SleepFuture(EventLoop loop, Duration delay) {
        super(loop);
        timer = loop.timerIn(delay, () -> complete(null));
    }

    void sleep() {
        try {
            await();
        } finally {
            timer.cancel();
        }
    }

    @Override
    String describe() {
        return "sleep, " + rounded(timer.when().minus(loop().time())) + " left";
    }

    /** Rounded up to a whole unit, so that what was asked for a moment ago reads as it was asked for. */
    static String rounded(Duration left) {
        long millis = Math.max(0, left.plusNanos(999_999).toMillis());
        if (millis < 1_000) {
            return millis + " ms";
        }
        long seconds = (millis + 999) / 1_000;
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = (seconds + 59) / 60;
        return minutes < 120 ? minutes + " min" : (minutes + 59) / 60 + " h";
    }
}
