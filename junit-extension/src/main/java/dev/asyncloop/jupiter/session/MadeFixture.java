package dev.asyncloop.jupiter.session;

import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A fixture that is made: its value, its account, and the one coroutine that makes and closes it. Used by a thread of
 * JUnit's that has the turn on the loop.
 */
public final class MadeFixture<T> {

    private final FixtureRecipe<T> recipe;

    /** The session that the fixture belongs to, and lives as long as. */
    private final FixtureHome home;

    private final Account account;
    private final MainCoroutine coroutine;

    /** The value. Null before it is made. */
    private @Nullable T value;

    MadeFixture(FixtureRecipe<T> recipe, String name, FixtureHome home) {
        this.recipe = recipe;
        this.home = home;
        this.account = home.account().ofFixture(Owner.named(name));
        Duration timeout = recipe.timeout();
        LoopOptions options = timeout == null ? home.options() : home.options().timeout(timeout);
        this.coroutine = new MainCoroutine(account.owner(), home.loop(), options);
    }

    String name() {
        return account.owner().name();
    }

    public T value() {
        return Objects.requireNonNull(value);
    }

    /** The description for the failure of a test. If it cannot be had, says why. */
    public String describe() {
        try {
            String text = recipe.describe(value());
            return text.isEmpty() ? "" : name() + ": " + text;
        } catch (RuntimeException failed) {
            return name() + " cannot be described: " + failed;
        }
    }

    /** Makes the value from the values that it needs. If that fails, cleans up. */
    void make(List<Object> needed) {
        try {
            value = onLoop(() -> recipe.make(needed));
        } catch (TestAbortedException aborted) {
            account.publish(leaks(), aborted);
            throw aborted;
        } catch (Throwable thrown) {
            AssertionError failure = recipe.error("The fixture " + name() + " could not be made: " + thrown, thrown);
            Failures.with(failure, settle());
            throw failure;
        }
    }

    /** Closes the value, looks for what the fixture left behind, and returns what failed. */
    @Nullable
    Throwable close() {
        @Nullable Throwable failure = null;
        try {
            onLoop(() -> {
                recipe.close(value());
                return "closed";
            });
        } catch (Throwable thrown) {
            failure = recipe.error("The fixture " + name() + " failed when it was closed: " + thrown, thrown);
        }
        return Failures.with(failure, settle());
    }

    private <R> R onLoop(Phase<? extends R> phase) {
        return home.onLoop(() -> account.runBriefly(coroutine, phase));
    }

    private @Nullable Throwable settle() {
        return account.publish(leaks()).orElse(null);
    }

    /** Closes the account. */
    private LeakReport leaks() {
        return home.onLoop(() -> {
            if (!home.loop().get().isRunning()) {
                coroutine.finish();
            }
            return account.close();
        });
    }
}
