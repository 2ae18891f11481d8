package dev.asyncloop.leak.descriptors;

import dev.asyncloop.jdk.SelectableChannels;
import dev.asyncloop.registers.DescriptorOrigins;
import java.nio.channels.SelectableChannel;
import java.util.Map;

/**
 * The channels that their users have closed, and whose descriptors are still open: the JDK closes the descriptor of a
 * channel that a selector has when that selector selects next. While a thread selects, it will come to that, and there
 * is nothing to blame anybody for. Any thread.
 *
 * @param byNumber the channels, by the number of their descriptor
 */
record ClosedChannels(Map<Integer, SelectableChannel> byNumber) {

    static final String WORDS = "closed channel that a selector still has: nobody has selected since";

    static ClosedChannels now() {
        return new ClosedChannels(DescriptorOrigins.closedChannels());
    }

    /** Whether it is the descriptor of such a channel. */
    boolean have(Descriptor open) {
        return byNumber.containsKey(open.number());
    }

    /** Whether it is that, and a thread selects right now on a selector that has the channel. */
    boolean haveSelected(Descriptor open) {
        SelectableChannel channel = byNumber.get(open.number());
        return channel != null && SelectableChannels.isSelected(channel);
    }
}
