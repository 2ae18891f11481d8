package dev.asyncloop.leak.descriptors;

import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.Opening;
import org.jspecify.annotations.Nullable;

/**
 * One open file descriptor of this process, as it was last read. Immutable.
 *
 * @param serial tells apart descriptors that had the same number one after another. Serials ascend in the order in
 *     which descriptors were first seen. A descriptor keeps its serial when its file is renamed or deleted
 * @param number the number by which the operating system knows it
 * @param target the target of its link in {@code /proc/self/fd}: a path, {@code socket:[123]}, {@code pipe:[4]},
 *     {@code anon_inode:[eventpoll]}
 * @param inode device and inode if it has a path, since these outlive renaming and deletion
 * @param origin where it was opened, if that was seen
 * @param lasting whether it is taken to stay open until the JVM ends; then its link is not read again
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

    /** Its path without the mark that the kernel adds when the file is deleted. */
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
        // links have some types in square brackets, "anon_inode:[eventpoll]", and others not, "anon_inode:inotify"
        return target.equals("anon_inode:[" + type + "]") || target.equals("anon_inode:" + type);
    }

    /** One word for a descriptor without a path: {@code socket}, {@code pipe}, {@code epoll}, {@code eventfd}. */
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

    /** The owner of the thread that opened it; null if the opening was not seen, or the thread had no known owner. */
    @Nullable
    Owner owner() {
        return origin == null ? null : origin.owner();
    }

    Descriptor asLasting() {
        return new Descriptor(serial, number, target, inode, origin, true);
    }
}
