package dev.asyncloop.loop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The way of a virtual clock to a certain time; done when all that was due up to then has run. */
final class Advance extends LoopFuture<@Nullable Void> {

    private final long end;

    Advance(EventLoop loop, long end) {
        super(loop);
        this.end = end;
    }

    long end() {
        return end;
    }

    @Override
    String describe() {
        return "advance of the clock to " + Duration.ofNanos(end);
    }
}
