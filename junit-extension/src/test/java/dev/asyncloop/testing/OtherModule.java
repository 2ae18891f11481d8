package dev.asyncloop.testing;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import java.time.Duration;

/** Code of the project that is no test, such as that of another module of the same build. It leaves things behind. */
public final class OtherModule {

    private OtherModule() {}

    public static void leave(EventLoop loop) {
        loop.callLater(Duration.ofHours(1), () -> {});
    }

    public static void leaveTask(EventLoop loop) {
        loop.createTask(() -> {
            leave(loop);
            Asyncio.sleep(Duration.ofHours(1));
        });
    }
}
