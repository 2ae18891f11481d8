package dev.asyncloop.leak.descriptors;

import dev.asyncloop.jdk.FirstUses;

/**
 * First uses of the JDK that leave a descriptor open for good, made where no test can be blamed for it.
 *
 * <p>Only those are made whose descriptor has nothing to know it by. A class-path file or {@code /dev/urandom}, opened
 * whenever it comes to that, is known by its path.
 */
final class DescriptorWarmUp {

    private DescriptorWarmUp() {}

    /**
     * With {@code originsKnown}, what the JDK opens once is told by the lines that open it, but for what native code
     * opens.
     */
    static void run(boolean originsKnown) {
        FirstUses.openDescriptors(originsKnown);
    }

    /** Whether a descriptor that appeared meanwhile is of a sort that the warm-up leaves behind. */
    static boolean mayHaveOpened(Descriptor descriptor) {
        return descriptor.isSocket()
                || descriptor.isPipe()
                || descriptor.isAnonymous("eventpoll")
                || descriptor.isAnonymous("eventfd");
    }
}
