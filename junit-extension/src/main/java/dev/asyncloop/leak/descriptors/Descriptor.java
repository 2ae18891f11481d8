package dev.asyncloop.leak.descriptors;

import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.Opening;
import org.jspecify.annotations.Nullable;

/**
 * One open file descriptor of this process, as it was last read.
 *
 * @param serial tells descriptors apart that had the same number one after the other; ascends in the order in which
 *     they were first seen and stays with the descriptor when its file is renamed or deleted
 * @param number the number the operating system knows it by
 * @param target what its link in {@code /proc/self/fd} names: a path, {@code socket:[123]}, {@code pipe:[4]},
 *     {@code anon_inode:[eventpoll]}
 * @param inode device and inode if it has a path, which outlive renaming and deletion
 * @param origin where it was opened, if that was seen
 * @param lasting whether it is taken to stay open until the JVM ends, so that its link is not read again
 */
record Descriptor(
        long serial,
        int number,
        String target,
        @Nullable Object inode,
        @Nullable Opening origin,
        boolean lasting) {

    private static final String DELETED = " (deleted)";

    boolean hasPath() {
        return target.startsWith("/");
    }

    /** Its path without the mark that the kernel adds once the file is deleted. */
    String path() {
        return target.endsWith(DELETED) ? target.substring(0, target.length() - DELETED.length()) : target;
    }

    boolean isSocket() {
        return target.startsWith("socket:[");
    }

    boolean isPipe() {
        return target.startsWith("pipe:[");
    }

    /** Whether it is an object of the kernel without a file, such as {@code eventpoll} or {@code inotify}. */
    boolean isAnonymous(String type) {
        // some types have square brackets in the link, "anon_inode:[eventpoll]", and others, "anon_inode:inotify", none
        return target.equals("anon_inode:[" + type + "]") || target.equals("anon_inode:" + type);
    }

    /** One word for what it is if it has no path: {@code socket}, {@code pipe}, {@code epoll}, {@code eventfd}. */
    String type() {
        if (isAnonymous("eventpoll")) {
            return "epoll";
        }
        return target.replaceFirst("^anon_inode:", "").replaceAll("[\\[\\]]|:.*", "");
    }

    /** The number in the brackets of {@code socket:[123]}. */
    String inodeInBrackets() {
        return target.substring(target.indexOf('[') + 1, target.length() - 1);
    }

    /** To whom the thread that opened it belonged; null where it was not seen, or belonged to nobody that is known. */
    @Nullable
    Owner owner() {
        return origin == null ? null : origin.owner();
    }

    Descriptor asLasting() {
        return new Descriptor(serial, number, target, inode, origin, true);
    }
}
