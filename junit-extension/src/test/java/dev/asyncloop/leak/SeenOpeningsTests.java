package dev.asyncloop.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jdk.DescriptorOrigins;
import dev.asyncloop.testing.Eventually;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With the hooks, a look at what is open reads nothing where nothing stayed open. */
@EnabledOnOs(OS.LINUX)
class SeenOpeningsTests {

    private final Descriptors descriptors = Descriptors.ofThisProcess();

    @BeforeAll
    static void install() {
        ByteBuddyAgent.install();
        assertThat(DescriptorOrigins.install()).isTrue();
    }

    @Test
    void what_was_opened_and_closed_changes_nothing_and_what_accept_returns_does() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FutureTask<Socket> accept = new FutureTask<>(server::accept);
            Thread acceptor = Thread.ofPlatform().daemon().start(accept);
            Eventually.eventually(
                    "accept",
                    () -> Stream.of(acceptor.getStackTrace())
                            .anyMatch(frame ->
                                    frame.getMethodName().equals("accept"))); // has a number by now, and no descriptor
            Eventually.eventually("nothing changes", this::isSameAfterOpeningAndClosing); // other threads come to rest
            DescriptorSnapshot before = descriptors.snapshot();
            try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                    Socket accepted = accept.get()) {
                assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
                assertThat(descriptors.snapshot().newSince(before))
                        .filteredOn(Descriptor::isSocket)
                        .hasSize(2);
            }
        }
    }

    private boolean isSameAfterOpeningAndClosing() {
        DescriptorSnapshot before = descriptors.snapshot();
        try {
            new FileInputStream("/dev/null").close();
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
        return descriptors.snapshot() == before;
    }
}
