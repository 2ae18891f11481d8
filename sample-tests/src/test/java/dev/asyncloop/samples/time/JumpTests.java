package dev.asyncloop.samples.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.VirtualTime;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When virtual time jumps, and what it stands still for. */
@ExtendWith(AsyncLoopExtension.class)
class JumpTests {

    // tag::jump[]
    @Test
    @VirtualTime
    void time_jumps_to_the_next_deadline_when_nothing_is_ready(EventLoop loop) throws Exception {
        List<String> events = new ArrayList<>();
        loop.createTask("report", () -> {
            Asyncio.sleep(Duration.ofHours(12));
            events.add("report after " + loop.time());
        });
        assertThatThrownBy(() -> Asyncio.timeout(
                        Duration.ofDays(1), () -> loop.createFuture().await()))
                .isInstanceOf(TimeoutException.class);
        events.add("given up after " + loop.time());

        assertThat(events).containsExactly("report after PT12H", "given up after PT24H");
    }
    // end::jump[]

    // tag::still[]
    @Test
    @VirtualTime
    void it_stands_still_while_an_answer_is_on_its_way(EventLoop loop) throws Exception {
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> "of another thread", later());

        assertThat(Asyncio.timeout(Duration.ofNanos(1), () -> Asyncio.await(answer)))
                .isEqualTo("of another thread");
        assertThat(loop.time()).isZero();
    }
    // end::still[]

    @Test
    @VirtualTime
    void and_while_a_task_reads_a_socket(EventLoop loop) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket peer = server.accept()) {
            CompletableFuture.runAsync(() -> write(client), later());
            loop.createTask("alarm", () -> Asyncio.sleep(Duration.ofHours(1)));
            assertThat(peer.getInputStream().read()).isEqualTo(7);
            assertThat(loop.time()).isZero();
        }
        Asyncio.sleep(Duration.ofHours(1));
    }

    /** In real time: after the loop had every reason to jump. */
    private static Executor later() {
        return CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);
    }

    private static void write(Socket socket) {
        try {
            socket.getOutputStream().write(7);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
