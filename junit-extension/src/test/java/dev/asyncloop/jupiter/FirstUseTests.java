package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jdk.DescriptorOrigins;
import dev.asyncloop.jdk.ThreadOrigins;
import dev.asyncloop.leak.LeakMode;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.testing.FreshJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Pipe;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the JDK starts and opens for the whole JVM is started when it is used, and charged to no test that uses it first. */
@EnabledOnOs(OS.LINUX)
class FirstUseTests {

    @ExtendWith(AsyncLoopExtension.class)
    static class Empty {
        @Test
        void has_begun_no_thread_also_not_the_watchdog() {
            assertThat(ThreadOrigins.of(Objects.requireNonNull(CurrentOwner.get())))
                    .isEmpty();
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    @CheckLeaks(LeakMode.FAIL)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class FirstUses {

        @Test
        void a_sleep_which_a_thread_of_the_jdk_ends() throws InterruptedException {
            Thread.sleep(1);
        }

        @Test
        void a_socket() throws IOException {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                    Socket accepted = server.accept()) {
                Thread.startVirtualThread(() -> write(accepted));
                assertThat(client.getInputStream().read()).isEqualTo(7);
            }
        }

        private static void write(Socket socket) {
            try {
                socket.getOutputStream().write(7);
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        }

        @Test
        void an_asynchronous_channel() throws Exception {
            try (AsynchronousServerSocketChannel server =
                            AsynchronousServerSocketChannel.open().bind(null);
                    AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
                Future<AsynchronousSocketChannel> accepting = server.accept();
                client.connect(server.getLocalAddress()).get();
                try (AsynchronousSocketChannel accepted = accepting.get()) {
                    Future<Integer> reading = client.read(ByteBuffer.allocate(1));
                    accepted.write(ByteBuffer.allocate(1)).get();
                    assertThat(reading.get()).isEqualTo(1);
                }
            }
        }

        @Test
        void a_pipe() throws IOException {
            Pipe pipe = Pipe.open();
            pipe.source().close();
            pipe.sink().close();
        }
    }

    static class Program {
        public static void main(String[] arguments) {
            System.out.println(Run.of(Empty.class).failures());
            System.out.println(threadsIn("sun.nio.ch"));
            System.out.println(Run.of(FirstUses.class).failures());
            System.out.println("origins " + DescriptorOrigins.installed());
        }

        private static List<String> threadsIn(String packageName) {
            return Thread.getAllStackTraces().entrySet().stream()
                    .filter(thread -> List.of(thread.getValue()).toString().contains(packageName))
                    .map(thread -> thread.getKey().getName())
                    .toList();
        }
    }

    @Test
    void no_test_is_charged_with_it_and_none_pays_for_what_it_does_not_use() throws Exception {
        FreshJvm.Result result = FreshJvm.run(Program.class, "-XX:+EnableDynamicAgentLoading");
        assertThat(result.output()).as(result.error()).isEqualTo("{}\n[]\n{}\norigins true\n");
    }
}
