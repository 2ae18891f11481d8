package dev.asyncloop.jupiter.session;

import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.origin.Owner;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * The way of a test method through the interceptors of all extensions. One that comes before ours may skip the rest,
 * and call the method itself, which then does not run on the loop.
 *
 * <p>What is certain is that the method did not come here although nothing failed. That it was called, and not only
 * skipped, is told by the method: the JDK makes what it is called by with the first call.
 */
final class Chain {

    private final Owner owner;
    private final Method method;
    private final EarlierInterceptors earlier;
    private final Thread thread = Thread.currentThread();

    /** Written by the thread on which it comes to the loop, which may be another extension's. */
    private volatile boolean came;

    /** JUnit is about to call the first interceptor. What happens on its thread until {@link #comes} is the test's. */
    Chain(Owner owner, Method method, EarlierInterceptors earlier) {
        this.owner = owner;
        this.method = method;
        this.earlier = earlier;
        if (!earlier.isEmpty()) {
            CurrentOwner.begin(owner);
        }
    }

    /** It has come to our interceptor. */
    void comes() {
        came = true;
        earlier.letThrough(method);
        if (Thread.currentThread() == thread) {
            leave();
        }
    }

    private void leave() {
        if (!earlier.isEmpty()) {
            CurrentOwner.end();
        }
    }

    /** JUnit came back from the interceptors, with a failure or without. On the thread on which it called them. */
    Optional<String> ended(boolean failed) {
        if (Thread.currentThread() == thread && !came) {
            leave();
        }
        if (came || failed) {
            return Optional.empty();
        }
        return Optional.of(owner.name() + " did not run on its event loop: " + earlier.who()
                + (isCertain() ? " called the test method itself; " : " skipped the test method, or called it itself; ")
                + earlier.fix());
    }

    /** Whether the method was called past the loop, and not only skipped. */
    boolean isCertain() {
        return earlier.called(method);
    }
}
