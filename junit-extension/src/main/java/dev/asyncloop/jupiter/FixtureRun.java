package dev.asyncloop.jupiter;

import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.account.Ledger;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.main.MainTask;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * One making of a fixture: an account of what it leaves behind, and one coroutine that makes and closes it. A thread of JUnit's, which has the
 * turn on the loop.
 */
final class FixtureRun<T> {

    private final LoopFixture<T> fixture;
    private final Owner owner;

    /** How long it lives, and whose loop it is on. */
    private final LoopRun home;

    private final Ledger ledger;
    private final MainTask coroutine;

    private @Nullable T value;

    FixtureRun(LoopFixture<T> fixture, String name, LoopRun home) {
        this.fixture = fixture;
        this.home = home;
        this.owner = Owner.named(name);
        this.ledger = home.servant(owner);
        Duration limit = fixture.limit();
        LoopOptions others = home.settings().others();
        this.coroutine = home.loop().account(owner).mainTask(name, limit == null ? others : others.limit(limit));
    }

    String name() {
        return owner.name();
    }

    T value() {
        return Objects.requireNonNull(value);
    }

    /** What is told of it where a test fails; what goes wrong with that is told instead. */
    String describe() {
        try {
            String text = fixture.describe(value());
            return text.isEmpty() ? "" : name() + ": " + text;
        } catch (RuntimeException failed) {
            return name() + " cannot be described: " + failed;
        }
    }

    /** Makes the value from those that it needs. Where that fails, nothing of it is left. */
    void make(List<Object> needed) {
        try {
            value = onLoop(() -> fixture.make(needed));
        } catch (TestAbortedException aborted) {
            Failures.with(aborted, settle());
            throw aborted;
        } catch (Throwable thrown) {
            FixtureError failure = new FixtureError("The fixture " + name() + " could not be made: " + thrown, thrown);
            Failures.with(failure, settle());
            throw failure;
        }
    }

    /** Closes the value, looks at what it leaves behind, and returns what went wrong. */
    @Nullable
    Throwable close() {
        @Nullable Throwable failure = null;
        try {
            onLoop(() -> {
                fixture.close(value());
                return "closed";
            });
        } catch (Throwable thrown) {
            failure = new FixtureError("The fixture " + name() + " failed when it was closed: " + thrown, thrown);
        }
        return Failures.with(failure, settle());
    }

    private <R> R onLoop(MainTask.Phase<? extends R> phase) {
        return home.onLoop(() -> home.accountedFor(ledger, true, () -> coroutine.run(phase)));
    }

    private @Nullable Throwable settle() {
        LeakReport report = home.onLoop(() -> {
            if (!home.loop().isRunning()) {
                coroutine.finish();
            }
            return ledger.close(home.loop());
        });
        return home.published(report).orElse(null);
    }
}
