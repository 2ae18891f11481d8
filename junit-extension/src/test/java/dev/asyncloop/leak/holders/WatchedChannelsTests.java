package dev.asyncloop.leak.holders;

import static dev.asyncloop.leak.holders.Asking.NOBODY;
import static dev.asyncloop.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A selector holds what it waits by, and not the channels that it watches. */
@Timeout(60)
class WatchedChannelsTests {

    private static final String HELD = "OF_CLASS STATIC any";

    private Selector selector;
    private ServerSocket server;
    private SocketChannel channel;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        channel = SocketChannel.open(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
        channel.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        Statics.any = null;
        channel.close();
        selector.close();
        server.close();
    }

    static class Statics {
        static Object any;
    }

    private static String whoHolds(Object thing, Object any) {
        Statics.any = any;
        return Asking.in(Statics.class).who(thing);
    }

    @Test
    void a_channel_is_not_held_by_a_selector_to_which_it_is_new() throws IOException {
        channel.register(selector, SelectionKey.OP_WRITE);
        assertThat(whoHolds(channel, selector)).isEqualTo(NOBODY);
    }

    @Test
    void a_channel_is_not_held_by_a_selector_that_watches_it() throws IOException {
        SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
        assertThat(selector.selectNow()).isEqualTo(1);
        assertThat(whoHolds(channel, selector)).isEqualTo(NOBODY);
        key.interestOps(SelectionKey.OP_READ);
        assertThat(whoHolds(channel, selector))
                .as("it is about to watch for less")
                .isEqualTo(NOBODY);
        assertThat(whoHolds(channel, key))
                .as("whoever has the key has the channel")
                .isEqualTo(HELD);
    }

    @Test
    void a_channel_is_not_held_by_a_selector_that_is_to_forget_it() throws IOException {
        SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
        assertThat(selector.selectNow()).isEqualTo(1);
        selector.selectedKeys().clear();
        key.cancel();
        assertThat(whoHolds(channel, selector)).isEqualTo(NOBODY);
    }

    @Test
    void what_is_attached_to_a_watched_channel_is_not_held_by_the_selector() throws IOException {
        Object attached = new StringBuilder();
        channel.register(selector, SelectionKey.OP_WRITE, attached);
        assertThat(selector.selectNow()).isEqualTo(1);
        assertThat(whoHolds(attached, selector)).isEqualTo(NOBODY);
        try (DatagramChannel other = DatagramChannel.open()) {
            assertThat(whoHolds(selector.provider(), selector))
                    .as("all else of it is")
                    .isEqualTo(HELD);
            assertThat(whoHolds(other, channel)).isEqualTo(NOBODY);
        }
    }

    /** The numbers of the open descriptors whose link has that name. */
    private static Set<Integer> numbers(String name) throws IOException {
        Set<Integer> numbers = new HashSet<>();
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            for (Path link : links.toList()) {
                if (Files.isSymbolicLink(link)
                        && Files.readSymbolicLink(link).toString().equals(name)) {
                    numbers.add(Integer.valueOf(link.getFileName().toString()));
                }
            }
        }
        return numbers;
    }

    /** Opens one thing. */
    private interface Opens<T> {
        T open() throws IOException;
    }

    private Integer number;

    /** Opens one thing, and notes the number of its only descriptor with such a name. */
    private <T> T opened(String name, Opens<T> opens) throws IOException {
        Set<Integer> before = numbers(name);
        T opened = opens.open();
        Set<Integer> after = numbers(name);
        after.removeAll(before);
        assertThat(after).hasSize(1);
        number = after.iterator().next();
        return opened;
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void the_descriptor_of_a_selector_is_known_by_its_number() throws IOException {
        Selector other = opened("anon_inode:[eventpoll]", Selector::open);
        assertThat(whoHolds(number, other)).isEqualTo(HELD);
        assertThat(whoHolds(number, selector)).as("it has another number").isEqualTo(NOBODY);
        other.close();
        assertThat(whoHolds(number, other))
                .as("the number may be another's by now")
                .isEqualTo(NOBODY);
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void a_number_that_was_used_again_is_its_new_users() throws IOException {
        Selector closed = opened("anon_inode:[eventpoll]", Selector::open);
        int reused = number;
        closed.close();
        Selector user = opened("anon_inode:[eventpoll]", Selector::open);
        assertThat(number).isEqualTo(reused);
        assertThat(whoHolds(number, new Object[] {closed})).isEqualTo(NOBODY);
        assertThat(whoHolds(number, new Object[] {closed, user})).isEqualTo(HELD);
        user.close();
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void one_part_that_is_held_is_enough() throws IOException {
        Selector other = opened("anon_inode:[eventpoll]", Selector::open);
        Statics.any = other;
        try (FileInputStream file = new FileInputStream("/proc/version")) {
            assertThat(Asking.in(Statics.class).who(file, number)).isEqualTo(HELD);
            assertThat(Asking.in(Statics.class).who(number, file)).isEqualTo(HELD);
            assertThat(Asking.in(Statics.class).who(file)).isEqualTo(NOBODY);
        }
        other.close();
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void the_descriptor_of_a_watch_service_is_known_by_its_number() throws IOException {
        WatchService watch =
                opened("anon_inode:inotify", () -> FileSystems.getDefault().newWatchService());
        assertThat(whoHolds(number, watch)).isEqualTo(HELD);
        watch.close();
        eventually("its thread has ended", () -> whoHolds(number, watch).equals(NOBODY));
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void the_descriptor_of_a_group_of_channels_is_known_by_its_number() throws Exception {
        AsynchronousChannelGroup group = opened(
                "anon_inode:[eventpoll]",
                () -> AsynchronousChannelGroup.withFixedThreadPool(1, Executors.defaultThreadFactory()));
        assertThat(whoHolds(number, group)).isEqualTo(HELD);
        group.shutdownNow();
        assertThat(group.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(whoHolds(number, group)).isEqualTo(NOBODY);
    }
}
