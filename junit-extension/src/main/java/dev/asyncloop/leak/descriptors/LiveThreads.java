package dev.asyncloop.leak.descriptors;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The platform threads of the JVM that live, without their stacks, which the JVM would have to stop them for. Any
 * thread.
 */
public final class LiveThreads {

    /** For threads that start while they are counted. */
    private static final int MARGIN = 16;

    private LiveThreads() {}

    public static Stream<Thread> all() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] found = new Thread[root.activeCount() + MARGIN];
        int count = root.enumerate(found);
        while (count == found.length) { // there may be more
            found = new Thread[2 * count];
            count = root.enumerate(found);
        }
        return Arrays.stream(found, 0, count);
    }

    static Stream<String> names() {
        return all().map(Thread::getName);
    }
}
