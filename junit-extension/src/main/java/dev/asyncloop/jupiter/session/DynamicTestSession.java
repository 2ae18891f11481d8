package dev.asyncloop.jupiter.session;

import dev.asyncloop.jupiter.leaks.LeakReporter;
import dev.asyncloop.origin.Owner;
import org.jspecify.annotations.Nullable;

/**
 * The session of a dynamic test, on the loop and in the coroutine of its factory. It has its turn in the coroutine from
 * beginning to end.
 */
public final class DynamicTestSession implements Session {

    private final TestSession factory;
    private final Account account;

    /** What the body threw, which JUnit does not tell of a dynamic test. Null if it threw nothing. */
    private @Nullable Throwable thrown;

    public DynamicTestSession(Owner owner, TestSession factory, LeakReporter reporter) {
        factory.coroutine().turn().take();
        this.factory = factory;
        this.account = Account.open(
                owner, factory.account(), factory.settings().leaks().judge(), factory.loop(), reporter);
    }

    @Override
    public Account account() {
        return account;
    }

    @Override
    public SessionLoop loop() {
        return factory.loop();
    }

    /** Runs the body in the coroutine, on the calling thread. */
    public <T extends @Nullable Object> T run(Phase<? extends T> body) {
        loop().takeBack();
        try {
            return account.run(factory.coroutine(), body);
        } catch (Throwable failure) {
            thrown = failure;
            throw failure;
        }
    }

    /** Leaves the coroutine alone, which the factory ends. */
    @Override
    public @Nullable Throwable settle() {
        return account.publish(account.settle(), thrown).orElse(null);
    }

    @Override
    public void leave() {
        factory.coroutine().turn().end();
    }
}
