package dev.asyncloop.registers;

import dev.asyncloop.jdk.FileDescriptors;
import dev.asyncloop.jdk.SelectableChannels;
import java.lang.ref.WeakReference;
import java.nio.channels.SelectableChannel;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The channels that were closed while a selector had them. Only the last {@value #LIMIT} are kept, weakly. Their
 * numbers are looked up only when somebody asks, since that takes classes which may have to be loaded.
 *
 * <p>Any thread. To ask a channel whether a selector has it takes the lock that the JDK's own method has taken and left
 * just before.
 */
final class ClosedChannels {

    private static final int LIMIT = 1_000;

    private final ConcurrentLinkedQueue<WeakReference<SelectableChannel>> channels = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    void add(SelectableChannel closed) {
        if (closed.isRegistered()) {
            channels.add(new WeakReference<>(closed));
            if (size.incrementAndGet() > LIMIT && channels.poll() != null) {
                size.decrementAndGet();
            }
        }
    }

    /** Those that a selector still has, by the number of their descriptor. The others are forgotten. */
    Map<Integer, SelectableChannel> byNumber() {
        Map<Integer, SelectableChannel> open = new HashMap<>();
        for (Iterator<WeakReference<SelectableChannel>> each = channels.iterator(); each.hasNext(); ) {
            SelectableChannel channel = each.next().get();
            if (channel != null && channel.isRegistered()) {
                SelectableChannels.descriptorOf(channel)
                        .ifPresent(descriptor -> open.put(FileDescriptors.numberOf(descriptor), channel));
            } else {
                each.remove();
                size.decrementAndGet();
            }
        }
        return open;
    }
}
