package dev.asyncloop.jupiter.session;

import dev.asyncloop.jupiter.leaks.LeakReporter;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.origin.Owner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The session of a test, or of one of its invocations. It has its turn on the loop from the constructor to the end of
 * the tear-down.
 */
public final class TestSession implements LifecycleSession {

    private final SessionSettings settings;
    private final SessionLoop loop;
    private final Account account;
    private final MainCoroutine coroutine;
    private final Fixtures fixtures = new Fixtures(this);

    /**
     * Whether the instance exists and nothing of the test has begun. JUnit also makes the instance of a test that it
     * then skips. Used by the thread on which JUnit runs the test.
     */
    private boolean instanceOnly;

    /**
     * Waits for the turn on the loop, and opens the account.
     *
     * @param loop the test's own loop, or that of its class, its package or the run
     */
    public TestSession(
            Owner owner, SessionLoop loop, ClassSession ofClass, SessionSettings settings, LeakReporter reporter) {
        loop.turn().take();
        this.settings = settings;
        this.loop = loop;
        this.account = Account.open(owner, ofClass.account(), settings.leaks().judge(), loop, reporter);
        this.coroutine = new MainCoroutine(owner, loop, settings.phases());
    }

    @Override
    public Account account() {
        return account;
    }

    @Override
    public SessionLoop loop() {
        return loop;
    }

    @Override
    public Fixtures fixtures() {
        return fixtures;
    }

    @Override
    public LoopOptions options() {
        return settings.phases();
    }

    public SessionSettings settings() {
        return settings;
    }

    MainCoroutine coroutine() {
        return coroutine;
    }

    @Override
    public <T extends @Nullable Object> T run(Phase<? extends T> phase) {
        loop.takeBack();
        return account.run(coroutine, phase);
    }

    @Override
    public <T extends @Nullable Object> T runConstructor(Phase<? extends T> constructor) {
        T instance = run(constructor);
        account.suspend();
        instanceOnly = true;
        return instance;
    }

    /** Notes that the other extensions have filled the instance. */
    public void instanceIsReady() {
        instanceOnly = false;
        account.resume();
    }

    @Override
    public <T extends @Nullable Object> T onLoop(Supplier<? extends T> action) {
        loop.takeBack();
        return action.get();
    }

    @Override
    public void phasesEnded() {
        if (loop.ifMade() != null && loop.takeBack()) {
            coroutine.finish();
            loop.rest();
        }
    }

    /** Says nothing of a skipped test, which had no tear-down. */
    @Override
    public @Nullable Throwable settle() {
        @Nullable Throwable failure = fixtures.close();
        LeakReport report = account.settle(coroutine);
        return instanceOnly
                ? failure
                : Failures.with(failure, account.publish(report).orElse(null));
    }

    @Override
    public void leave() {
        loop.turn().end();
    }
}
