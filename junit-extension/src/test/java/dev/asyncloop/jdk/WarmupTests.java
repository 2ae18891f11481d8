package dev.asyncloop.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import dev.asyncloop.testing.FreshJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JDK starts once for all virtual threads, it must not start inside of a loop. Each in a JVM of its own. */
@Timeout(120)
class WarmupTests {

    private static final String NO_OPTION = "-Dno.option";

    private static final String ADD_OPENS = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    /** The first socket I/O of the JVM happens in a loop; says which tasks were ever on it. */
    static final class UsesSockets {

        private static final Set<String> SEEN = new LinkedHashSet<>();

        public static void main(String[] arguments) {
            try (EventLoop loop = EventLoop.create()) {
                loop.runUntilComplete(() -> {
                    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                        Task<?> serving = loop.createTask("server", () -> serve(server));
                        try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
                            client.getOutputStream().write(7);
                            System.out.println(
                                    "answer " + client.getInputStream().read());
                        }
                        serving.await();
                        note(loop);
                    }
                });
            }
            System.out.println(SEEN);
        }

        private static void serve(ServerSocket server) throws IOException {
            try (Socket accepted = server.accept()) {
                int read = accepted.getInputStream().read();
                note(EventLoop.running());
                accepted.getOutputStream().write(read);
            }
        }

        private static void note(EventLoop loop) {
            loop.allTasks().forEach(task -> SEEN.add(task.name()));
        }
    }

    /** As {@link UsesSockets}, after something else has used a loop and put the system properties back. */
    static final class RestoresProperties {
        public static void main(String[] arguments) {
            Properties before = new Properties();
            before.putAll(System.getProperties());
            EventLoop.create().close();
            System.setProperties(before);
            UsesSockets.main(arguments);
        }
    }

    /** Parks for a time, which is what makes JDK 21 start its thread that wakes up others. */
    static final class Sleeps {
        public static void main(String[] arguments) {
            try (EventLoop loop = EventLoop.create()) {
                loop.runUntilComplete(() -> LockSupport.parkNanos(1));
            }
            System.out.println("main ends");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "-Djdk.pollerMode=1", "-Djdk.pollerMode=2"})
    void the_pollers_of_the_jdk_are_not_on_the_loop(String mode) throws Exception {
        FreshJvm.Result result = FreshJvm.run(UsesSockets.class, ADD_OPENS, mode.equals("none") ? NO_OPTION : mode);
        assertThat(result.output()).as(result.error()).isEqualTo("answer 7\n[task-1, server]\n");
    }

    @Test
    void nor_where_system_properties_were_restored_after_an_earlier_loop() throws Exception {
        FreshJvm.Result result = FreshJvm.run(RestoresProperties.class, ADD_OPENS);
        assertThat(result.output()).as(result.error()).isEqualTo("answer 7\n[task-1, server]\n");
    }

    @Test
    void the_jvm_ends_by_itself_after_a_timed_wait() throws Exception {
        FreshJvm.Result result = FreshJvm.run(Sleeps.class, ADD_OPENS);
        assertThat(result.output()).isEqualTo("main ends\n");
        assertThat(result.exitCode()).isZero();
    }
}
