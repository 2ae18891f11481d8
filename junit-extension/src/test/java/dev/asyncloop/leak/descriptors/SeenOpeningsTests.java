package dev.asyncloop.leak.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.registers.DescriptorOrigins;
import dev.asyncloop.testing.Eventually;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Selector;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void what_native_code_closed_is_forgotten() throws Exception {
        DescriptorSnapshot before = descriptors.snapshot();
        List<Integer> numbers;
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(Path.of("/"))) {
            assertThat(stream).isNotNull();
            numbers = descriptors.snapshot().newSince(before).stream()
                    .filter(opened -> opened.target().equals("/"))
                    .map(Descriptor::number)
                    .toList();
            assertThat(numbers).hasSize(2);
            for (int number : numbers) {
                assertThat(DescriptorOrigins.of(number).orElseThrow().mayCloseUnseen())
                        .isTrue();
            }
        }
        assertThat(numbers).anyMatch(number -> DescriptorOrigins.of(number).isPresent()); // who closed it, nobody saw
        descriptors.snapshot();
        assertThat(numbers).noneMatch(number -> DescriptorOrigins.of(number).isPresent());
    }

    @Test
    void what_is_no_directory_is_seen_being_closed() throws Exception {
        DescriptorSnapshot before = descriptors.snapshot();
        try (Selector selector = Selector.open()) {
            assertThat(selector.isOpen()).isTrue();
            assertThat(descriptors.snapshot().newSince(before))
                    .filteredOn(opened -> opened.isAnonymous("eventpoll"))
                    .singleElement()
                    .satisfies(opened ->
                            assertThat(opened.origin().mayCloseUnseen()).isFalse());
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
