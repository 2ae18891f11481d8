package dev.asyncloop.jdk;

/** The threads on which the JDK closes what was garbage-collected: those of cleaners, and the finalizer's. */
public final class CleanerThreads {

    private CleanerThreads() {}

    /** Whether the current thread is one of them. Threads that a user made for a cleaner do not count. */
    public static boolean isCurrent() {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        return !thread.isVirtual()
                && thread.isDaemon()
                && (name.equals("Common-Cleaner") || name.startsWith("Cleaner-") || name.equals("Finalizer"));
    }
}
