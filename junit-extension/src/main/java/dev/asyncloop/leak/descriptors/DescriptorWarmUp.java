package dev.asyncloop.leak.descriptors;

import dev.asyncloop.jdk.FirstUses;

/**
 * Makes the first uses of the JDK that leave a descriptor open for good, before a test can be blamed for one.
 *
 * <p>Makes only those uses whose descriptor cannot be recognised later. A class-path file or {@code /dev/urandom} is
 * recognised by its path, whenever it is opened.
 */
final class DescriptorWarmUp {

    private DescriptorWarmUp() {}

    /**
     * Makes the uses. With {@code originsKnown}, the lines that open a descriptor tell that it is the JDK's, so only
     * what native code opens is needed.
     */
    static void run(boolean originsKnown) {
        FirstUses.openDescriptors(originsKnown);
    }

    /** Whether a descriptor that appeared meanwhile is of a sort that the warm-up leaves open. */
    static boolean mayHaveOpened(Descriptor descriptor) {
        return descriptor.isSocket()
                || descriptor.isPipe()
                || descriptor.isAnonymous("eventpoll")
                || descriptor.isAnonymous("eventfd");
    }
}
