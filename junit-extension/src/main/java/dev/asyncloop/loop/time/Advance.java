package dev.asyncloop.loop.time;

import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promise;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The way of a virtual clock to a certain time; done when all that was due up to then has run. */
final class Advance extends Promise<@Nullable Void> {

    private final long end;

    Advance(LoopCore core, long end) {
        super(core);
        this.end = end;
    }

    long end() {
        return end;
    }

    @Override
    protected String describe() {
        return "advance of the clock to " + Duration.ofNanos(end);
    }
}
