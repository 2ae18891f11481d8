package dev.asyncloop.samples.bench.loop;

/** How much of each kind of work a measurement does; so much that what starts and ends it does not count. */
final class Work {

    /** Callbacks, switches or tasks. */
    static final int OPERATIONS = 100_000;

    /** Tasks that are spawned before the last of them is awaited. */
    static final int BATCH = 100;

    /** Tasks in one {@code gather}. */
    static final int GATHERED = 10_000;

    /** The most threads that call a loop from outside. */
    static final int THREADS = 8;

    private Work() {}
}
