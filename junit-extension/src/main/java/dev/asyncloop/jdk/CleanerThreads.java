package dev.asyncloop.jdk;

/**
 * The threads on which the garbage collector has the JDK close what was lost: those of cleaners, and the finalizer's.
 */
public final class CleanerThreads {

    private CleanerThreads() {}

    /** Whether the current thread is one. A cleaner with threads of its user's own is taken for that user. */
    public static boolean isCurrent() {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        return !thread.isVirtual()
                && thread.isDaemon()
                && (name.equals("Common-Cleaner") || name.startsWith("Cleaner-") || name.equals("Finalizer"));
    }
}
