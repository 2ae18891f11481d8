package dev.asyncloop.loop.time;

import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.core.Promise;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The advance of a virtual clock to a certain time. It is done when everything that was due by then has run. */
public final class Advance extends Promise<@Nullable Void> {

    private final long end;

    /** An advance to {@code end}, in nanoseconds on the loop's clock. */
    public Advance(LoopCore core, long end) {
        super(core);
        this.end = end;
    }

    /** When it ends. */
    public long end() {
        return end;
    }

    @Override
    protected String describe() {
        return "advance of the clock to " + Duration.ofNanos(end);
    }
}
