package dev.asyncloop.registers;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** Opens and closes descriptors of several kinds, to see whether the register is told. */
final class DescriptorProbes {

    private static final Path DEVICE = Path.of("/dev/null");
    private static final Path DIRECTORY = Path.of("/proc/self");
    private static final Path OPEN = Path.of("/proc/self/fd");

    private final OpenDescriptors register;

    /** @param closedUnseen how many of its descriptors are closed where no hook sees it */
    private record Probe(String kind, int closedUnseen, Callable<AutoCloseable> opening) {}

    DescriptorProbes(OpenDescriptors register) {
        this.register = register;
    }

    /**
     * Throws if there is something that the register has not seen opened, or closed.
     *
     * @param all whether to try the kinds that load many classes of the JDK, too
     */
    void check(boolean all) throws Exception {
        check(new Probe("a file", 0, () -> new FileInputStream(DEVICE.toFile())));
        if (all) {
            check(new Probe("a file channel", 0, () -> FileChannel.open(DEVICE)));
            check(new Probe("a directory stream", 1, () -> Files.newDirectoryStream(DIRECTORY)));
            check(new Probe("a socket", 0, SocketChannel::open));
            check(new Probe("a selector", 0, Selector::open));
            checkClosedChannel();
        }
    }

    /** Closes a channel that a selector has. */
    private void checkClosedChannel() throws IOException {
        try (Selector selector = Selector.open()) {
            SocketChannel channel = SocketChannel.open();
            try (channel) {
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_CONNECT);
            }
            if (!register.closedChannels().byNumber().containsValue(channel)) {
                throw new IllegalStateException("the closing of a channel that a selector has was not seen");
            }
        }
    }

    private void check(Probe probe) throws Exception {
        Set<Opening> before = new HashSet<>(register.all().values());
        Set<Integer> numbers = new HashSet<>();
        try (AutoCloseable opened = probe.opening().call()) {
            for (Map.Entry<Integer, Opening> each : register.all().entrySet()) {
                if (!before.contains(each.getValue()) && isHere(each.getValue())) {
                    numbers.add(each.getKey());
                }
            }
            if (numbers.isEmpty() || !areOpen(numbers)) {
                throw new IllegalStateException("the opening of " + probe.kind() + " was not seen: " + opened);
            }
        }
        numbers.retainAll(register.all().keySet());
        numbers.removeIf(DescriptorProbes::isOpen); // by another thread, by now
        if (numbers.size() > probe.closedUnseen()) {
            throw new IllegalStateException("the closing of " + probe.kind() + " was not seen");
        }
    }

    private static boolean isHere(Opening opening) {
        if (!opening.threadName().equals(Thread.currentThread().getName())) {
            return false;
        }
        for (StackTraceElement frame : opening.stack()) {
            if (frame.getClassName().equals(DescriptorProbes.class.getName())) {
                return true;
            }
        }
        return false;
    }

    private static boolean areOpen(Set<Integer> numbers) {
        for (int number : numbers) {
            if (!isOpen(number)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOpen(int number) {
        return Files.isSymbolicLink(OPEN.resolve(Integer.toString(number)));
    }
}
