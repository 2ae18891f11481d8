package dev.asyncloop.jupiter.warned;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A fixture. */
@ExtendWith(AsyncLoopExtension.class)
public class InWarnedPackage {

    @Test
    void leaves_a_task(EventLoop loop) {
        loop.createTask("left", () -> Asyncio.sleep(Duration.ofHours(1)));
    }

    @Test
    void leaves_a_loop() {
        EventLoop.create();
    }
}
