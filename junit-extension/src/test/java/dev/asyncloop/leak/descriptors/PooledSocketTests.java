package dev.asyncloop.leak.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A socket that a selector from before watches is in the pool of a client, or a connection of a server, that lives longer. */
@EnabledOnOs(OS.LINUX)
class PooledSocketTests {

    private final Descriptors descriptors = new Descriptors(Path.of("/proc"), millis -> {});
    private ServerSocketChannel server;
    private Selector ofTheClient;
    private SocketChannel socket;

    @BeforeEach
    void open() throws IOException {
        descriptors.warmUp();
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ofTheClient = Selector.open();
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        ofTheClient.close();
        server.close();
    }

    private SelectionKey connectAndRegister(Selector selector) throws IOException {
        socket = SocketChannel.open(server.getLocalAddress());
        socket.configureBlocking(false);
        SelectionKey key = socket.register(selector, SelectionKey.OP_READ);
        selector.selectNow(); // registrations reach the system with the next select
        return key;
    }

    private List<String> opened(DescriptorSnapshot before) {
        return descriptors.opened(before).stream()
                .map(leak -> leak.kind().name())
                .toList();
    }

    @Test
    void it_is_not_charged() throws IOException {
        DescriptorSnapshot before = descriptors.snapshot();
        connectAndRegister(ofTheClient);
        assertThat(opened(before)).isEmpty();
    }

    @Test
    void it_is_where_the_selector_watches_it_no_more() throws IOException {
        DescriptorSnapshot before = descriptors.snapshot();
        connectAndRegister(ofTheClient).cancel();
        ofTheClient.selectNow();
        assertThat(opened(before)).containsExactly("SOCKET");
    }

    @Test
    void it_is_where_the_selector_was_opened_with_it() throws IOException {
        DescriptorSnapshot before = descriptors.snapshot();
        try (Selector opened = Selector.open()) {
            connectAndRegister(opened);
            assertThat(opened(before)).containsExactlyInAnyOrder("SELECTOR", "SOCKET");
        }
    }
}
