package dev.asyncloop.leak.descriptors;

import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.Opening;
import dev.asyncloop.registers.ThreadOrigins;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The threads without an owner that were there before an owner's account was opened, and those that they started since.
 * What they open is none of that owner's, even if it was at work alone: it may be what a class left behind that has no
 * account. The threads that open and close accounts are excepted, since on them the runner and other extensions do
 * what a test needs.
 *
 * <p>Any thread.
 */
final class OlderThreads {

    /** By owner, the id of the first thread that is younger than the account. */
    private static final Map<Owner, Long> FIRST_YOUNGER = Collections.synchronizedMap(new WeakHashMap<>());

    private OlderThreads() {}

    /** The account of {@code owner} is opened, by the current thread. */
    static void noteOpening(Owner owner) {
        ThreadOrigins.addRunner();
        // a new thread has the greatest id so far; this one is never started
        Thread next = Thread.ofVirtual().inheritInheritableThreadLocals(false).unstarted(() -> {});
        FIRST_YOUNGER.put(owner, next.threadId());
    }

    /** An account is closed by the current thread. */
    static void noteClosing() {
        ThreadOrigins.addRunner();
    }

    /** Whether one of them opened it. */
    static boolean opened(Descriptor descriptor, Owner owner) {
        Opening origin = descriptor.origin();
        return origin != null
                && origin.eldestThread() < FIRST_YOUNGER.getOrDefault(owner, 0L)
                && !ThreadOrigins.isRunner(origin.thread())
                && origin.owner() == null;
    }
}
