package dev.asyncloop.jdk;

import static dev.asyncloop.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.agent.JdkAccess;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What this JDK lets us see of a channel and its selectors. */
class SelectableChannelsTests {

    @BeforeAll
    static void open_the_jdk() {
        ByteBuddyAgent.install();
        Insides.open(JdkAccess.instrumentation());
    }

    @Test
    void each_kind_of_channel_has_a_descriptor_of_its_own() throws IOException {
        Pipe pipe = Pipe.open();
        List<SelectableChannel> channels = List.of(
                SocketChannel.open(), ServerSocketChannel.open(), DatagramChannel.open(), pipe.source(), pipe.sink());
        assertThat(channels)
                .extracting(channel -> FileDescriptors.numberOf(
                        SelectableChannels.descriptorOf(channel).orElseThrow()))
                .doesNotHaveDuplicates()
                .allMatch(number -> number > 2);
        for (SelectableChannel channel : channels) {
            channel.close();
        }
    }

    @Test
    void a_channel_is_selected_while_a_thread_selects_on_one_of_its_selectors() throws Exception {
        Pipe pipe = Pipe.open();
        try (Selector idle = Selector.open();
                Selector selector = Selector.open();
                Pipe.SinkChannel sink = pipe.sink();
                Pipe.SourceChannel source = pipe.source()) {
            source.configureBlocking(false).register(idle, 0);
            source.register(selector, 0);
            assertThat(SelectableChannels.isSelected(source)).isFalse();
            Thread thread = Thread.ofPlatform().start(() -> select(selector));
            eventually("it selects", () -> SelectableChannels.isSelected(source));
            assertThat(SelectableChannels.isSelected(sink)).isFalse();
            selector.wakeup();
            thread.join();
            assertThat(SelectableChannels.isSelected(source)).isFalse();
        }
    }

    private static void select(Selector selector) {
        try {
            selector.select();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
