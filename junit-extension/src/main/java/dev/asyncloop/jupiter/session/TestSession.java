package dev.asyncloop.jupiter.session;

import dev.asyncloop.jupiter.leaks.LeakReporter;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.origin.Owner;
import java.lang.reflect.Method;
import java.util.Optional;
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
    private final EarlierInterceptors earlier;

    /** Null before the test begins. Written by the thread on which JUnit runs the test, read by others' threads. */
    private volatile @Nullable Chain chain;

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
        this.earlier = ofClass.earlier();
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

    /** JUnit is about to call the interceptors of the test method. */
    public void testBegins(Method method) {
        chain = new Chain(account.owner(), method, earlier);
    }

    /** Runs the test method, which has come here through the interceptors before ours. */
    public <T extends @Nullable Object> T runTest(Phase<? extends T> phase) {
        Chain begun = chain;
        if (begun != null) {
            begun.comes();
        }
        return run(phase);
    }

    /**
     * JUnit has called the interceptors of the test method. Returns a sentence if one of them kept the method from the
     * loop and called it; warns if it may have.
     *
     * @param failed whether the test has failed so far, or was aborted
     */
    public Optional<String> testEnded(boolean failed) {
        Chain ended = chain;
        Optional<String> bypassed = ended == null ? Optional.empty() : ended.ended(failed);
        if (ended == null || bypassed.isEmpty() || ended.isCertain()) {
            return bypassed;
        }
        if (earlier.isFirstDoubt()) {
            account.warnThat(bypassed.get());
        }
        return Optional.empty();
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
