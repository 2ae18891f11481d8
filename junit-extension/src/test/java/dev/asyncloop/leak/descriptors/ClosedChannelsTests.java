package dev.asyncloop.leak.descriptors;

import static dev.asyncloop.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jdk.SelectableChannels;
import dev.asyncloop.leak.detect.Pause;
import dev.asyncloop.testing.LeftOpen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A channel that was closed while a selector had it, whose descriptor the JDK closes when the selector selects next. */
@EnabledOnOs(OS.LINUX)
class ClosedChannelsTests {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    private final Descriptors descriptors = new Descriptors(Path.of("/proc"), millis -> {});
    private final List<Long> pauses = new ArrayList<>();
    private Selector selector;
    private DescriptorSnapshot before;

    @BeforeEach
    void open() throws IOException {
        descriptors.warmUp();
        selector = Selector.open();
        before = descriptors.snapshot();
    }

    @AfterEach
    void close() throws IOException {
        selector.close();
    }

    static Stream<Named<Callable<SelectableChannel>>> kinds() {
        return Stream.of(
                Named.of("client", SocketChannel::open),
                Named.of("server", () -> ServerSocketChannel.open().bind(ANY_PORT)),
                Named.of("accepted", ClosedChannelsTests::accepted),
                Named.of("datagrams", () -> DatagramChannel.open().bind(ANY_PORT)),
                Named.of("read end", () -> {
                    Pipe pipe = Pipe.open();
                    pipe.sink().close();
                    return pipe.source();
                }),
                Named.of("write end", () -> {
                    Pipe pipe = Pipe.open();
                    pipe.source().close();
                    return pipe.sink();
                }));
    }

    private static SocketChannel accepted() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(ANY_PORT)) {
            try (SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
                assertThat(client.isConnected()).isTrue();
                return server.accept();
            }
        }
    }

    private SelectableChannel registered(Callable<SelectableChannel> kind) throws Exception {
        SelectableChannel channel = kind.call();
        channel.configureBlocking(false).register(selector, 0);
        return channel;
    }

    private List<String> opened(Pause pause) {
        return descriptors.opened(before, descriptor -> true, pause).stream()
                .map(leak -> leak.kind() + " " + leak.target() + ": " + leak.fix())
                .toList();
    }

    private Thread select() {
        return Thread.ofPlatform().start(() -> {
            try {
                selector.select();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void it_is_left_out_without_a_wait_while_a_thread_selects(Callable<SelectableChannel> kind) throws Exception {
        SelectableChannel channel = registered(kind);
        Thread thread = select();
        eventually("it selects", () -> SelectableChannels.isSelected(channel));
        channel.close();
        assertThat(opened(pauses::add)).isEmpty();
        assertThat(pauses).isEmpty();
        selector.wakeup();
        thread.join();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void it_is_left_out_where_somebody_selects_soon(Callable<SelectableChannel> kind) throws Exception {
        registered(kind).close();
        assertThat(opened(millis -> selectNow())).isEmpty();
    }

    private void selectNow() {
        try {
            selector.selectNow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void it_is_found_after_the_wait_where_nobody_selects(Callable<SelectableChannel> kind) throws Exception {
        registered(kind).close();
        assertThat(opened(pauses::add))
                .containsExactly("CLOSED_CHANNEL closed channel that a selector still has: nobody has selected since:"
                        + " select once more on the selector (selectNow), or close it");
        assertThat(pauses).isNotEmpty();
        selector.selectNow();
        assertThat(descriptors.snapshot().newSince(before)).isEmpty();
    }

    @Test
    void one_that_nobody_closed_is_found_though_a_thread_selects() throws Exception {
        try (SelectableChannel channel =
                registered(() -> ServerSocketChannel.open().bind(ANY_PORT))) {
            channel.keyFor(selector).cancel(); // or the selector watches it, as the pool of a client would
            Thread thread = select();
            eventually("it selects", () -> selector.keys().isEmpty());
            assertThat(opened(pauses::add)).singleElement().asString().startsWith("SERVER_SOCKET TCP socket listening");
            selector.wakeup();
            thread.join();
        }
    }

    @Test
    void one_that_nobody_closed_is_found_on_a_selector_that_nobody_selects_on() throws Exception {
        try (SelectableChannel channel = registered(SocketChannel::open)) {
            assertThat(channel.isOpen()).isTrue();
            assertThat(opened(pauses::add)).singleElement().asString().contains("neither bound nor connected");
        }
    }

    @Test
    void one_without_a_selector_is_gone_at_once() throws Exception {
        ServerSocketChannel.open().bind(ANY_PORT).close();
        assertThat(opened(pauses::add)).isEmpty();
        assertThat(pauses).isEmpty();
    }
}
