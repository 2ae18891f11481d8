package dev.asyncloop.jdk;

import dev.asyncloop.agent.JdkAccess;
import java.io.FileDescriptor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The descriptors of channels, and the selectors that have them; on a JDK that is too different, nothing is known.
 * Any thread.
 */
public final class SelectableChannels {

    private static final @Nullable Inside INSIDE = Inside.find();

    /** The members of the JDK that tell. The field of the keys has null for each key that its selector let go. */
    private record Inside(Class<?> channel, Method descriptor, Field keys, Class<?> selector, Field inSelect) {

        static @Nullable Inside find() {
            try {
                Class<?> channel = Class.forName("sun.nio.ch.SelChImpl");
                Class<?> selector = Class.forName("sun.nio.ch.SelectorImpl");
                return new Inside(
                        channel,
                        JdkAccess.accessible(channel.getDeclaredMethod("getFD")),
                        JdkAccess.accessible(AbstractSelectableChannel.class.getDeclaredField("keys")),
                        selector,
                        JdkAccess.accessible(selector.getDeclaredField("inSelect")));
            } catch (ReflectiveOperationException | RuntimeException unknownJdk) {
                return null;
            }
        }
    }

    private SelectableChannels() {}

    /** The descriptor of a channel; empty if that is not known. */
    public static Optional<FileDescriptor> descriptorOf(SelectableChannel channel) {
        if (INSIDE == null || !INSIDE.channel.isInstance(channel)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable((FileDescriptor) INSIDE.descriptor.invoke(channel));
        } catch (ReflectiveOperationException unknown) {
            return Optional.empty();
        }
    }

    /** Whether a thread selects right now on a selector that has the channel. */
    public static boolean isSelected(SelectableChannel channel) {
        for (Selector selector : selectorsOf(channel)) {
            if (isInSelect(selector)) {
                return true;
            }
        }
        return false;
    }

    private static List<Selector> selectorsOf(SelectableChannel channel) {
        List<Selector> selectors = new ArrayList<>();
        if (INSIDE != null && channel instanceof AbstractSelectableChannel) {
            try {
                @Nullable SelectionKey @Nullable [] keys = (SelectionKey[]) INSIDE.keys.get(channel);
                for (@Nullable SelectionKey key : keys == null ? new SelectionKey[0] : keys) {
                    if (key != null) {
                        selectors.add(key.selector());
                    }
                }
            } catch (IllegalAccessException impossible) {
                return List.of();
            }
        }
        return selectors;
    }

    private static boolean isInSelect(Selector selector) {
        try {
            return INSIDE != null && INSIDE.selector.isInstance(selector) && INSIDE.inSelect.getBoolean(selector);
        } catch (IllegalAccessException impossible) {
            return false;
        }
    }
}
