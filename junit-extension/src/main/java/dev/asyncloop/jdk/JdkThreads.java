package dev.asyncloop.jdk;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/** The platform threads that the JVM and the JDK start for themselves. Any thread. */
public final class JdkThreads {

    private static final String GROUP_OF_THE_JVM = "system";

    /** The group of JDK threads that inherit nothing from the thread that first needed them. */
    private static final String GROUP_OF_THE_JDK = "InnocuousThreadGroup";

    private static final String WAITS_FOR_X_SERVER = "AWT-XAWT";

    private JdkThreads() {}

    /** Whether it is one of them, or a thread of the common pool; false if it has ended. */
    public static boolean isShared(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group != null
                && (group.getName().equals(GROUP_OF_THE_JVM) || isInnocuous(thread) || isOfCommonPool(thread));
    }

    /** Whether it is one of the threads that inherit nothing from the thread that first needed them. */
    public static boolean isInnocuous(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group != null && group.getName().equals(GROUP_OF_THE_JDK);
    }

    private static boolean isOfCommonPool(Thread thread) {
        return thread instanceof ForkJoinWorkerThread worker && worker.getPool() == ForkJoinPool.commonPool();
    }

    /** Whether {@code name} is that of the thread by which AWT hears of its windows. */
    public static boolean isNameOfAwt(String name) {
        return name.equals(WAITS_FOR_X_SERVER);
    }
}
