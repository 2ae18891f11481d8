package com.example;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Named so that it runs only where it is asked for. */
@ExtendWith(AsyncLoopExtension.class)
class LeavesATask {

    @Test
    void returns_at_once(EventLoop loop) {
        loop.createTask("sleeper", () -> Asyncio.sleep(Duration.ofMinutes(5)));
    }
}
