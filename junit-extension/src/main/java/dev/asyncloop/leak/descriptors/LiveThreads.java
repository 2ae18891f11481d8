package dev.asyncloop.leak.descriptors;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The live platform threads of the JVM, without their stacks: for these, the JVM would have to stop the threads. Any
 * thread.
 */
public final class LiveThreads {

    /** Room for threads that start while the threads are counted. */
    private static final int MARGIN = 16;

    private LiveThreads() {}

    public static Stream<Thread> all() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] found = new Thread[root.activeCount() + MARGIN];
        int count = root.enumerate(found);
        while (count == found.length) { // the array may have been too short
            found = new Thread[2 * count];
            count = root.enumerate(found);
        }
        return Arrays.stream(found, 0, count);
    }

    static Stream<String> names() {
        return all().map(Thread::getName);
    }
}
