package dev.asyncloop.jdk;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/** The platform threads that the JVM and the JDK start for themselves. Any thread. */
public final class JdkThreads {

    private static final String GROUP_OF_THE_JVM = "system";

    /** Of threads that have no rights and no thread-locals of whoever needed them first. */
    private static final String GROUP_OF_THE_JDK = "InnocuousThreadGroup";

    private static final String WAITS_FOR_X_SERVER = "AWT-XAWT";

    private JdkThreads() {}

    /** Whether it is one of them, or one of the common pool; false of one that has ended. */
    public static boolean isShared(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group != null
                && (group.getName().equals(GROUP_OF_THE_JVM)
                        || group.getName().equals(GROUP_OF_THE_JDK)
                        || isOfCommonPool(thread));
    }

    private static boolean isOfCommonPool(Thread thread) {
        return thread instanceof ForkJoinWorkerThread worker && worker.getPool() == ForkJoinPool.commonPool();
    }

    /** Whether a thread of that name is the one by which AWT hears of its windows. */
    public static boolean isNameOfAwt(String name) {
        return name.equals(WAITS_FOR_X_SERVER);
    }
}
