package dev.asyncloop.jupiter.session;

import dev.asyncloop.jupiter.leaks.LeakReporter;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.origin.Owner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The session of a class. Tests run between its phases; each phase has a turn on the loop by itself. */
public final class ClassSession implements LifecycleSession {

    private final SessionSettings settings;
    private final SessionLoop loop;
    private final Account account;
    private final MainCoroutine coroutine;
    private final Fixtures fixtures = new Fixtures(this);
    private final EarlierInterceptors earlier;

    /**
     * Opens the session. Its account is suspended between the phases.
     *
     * @param loop its own loop, on which its tests may run too; or the loop of what is around it
     * @param outer the account of what is around it; null if nothing is
     * @param earlier what may keep its test methods from their loop
     */
    public ClassSession(
            Owner owner,
            SessionLoop loop,
            @Nullable Account outer,
            SessionSettings settings,
            EarlierInterceptors earlier,
            LeakReporter reporter) {
        this.earlier = earlier;
        this.settings = settings;
        this.loop = loop;
        this.account = Account.open(owner, outer, settings.leaks().judge(), loop, reporter);
        this.coroutine = new MainCoroutine(owner, loop, settings.phases());
        account.suspend();
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

    EarlierInterceptors earlier() {
        return earlier;
    }

    /** The settings of the tests that declare nothing else. */
    public SessionSettings settings() {
        return settings;
    }

    @Override
    public <T extends @Nullable Object> T run(Phase<? extends T> phase) {
        return loop.inTurnOf(this, () -> account.runBriefly(coroutine, phase));
    }

    @Override
    public <T extends @Nullable Object> T runConstructor(Phase<? extends T> constructor) {
        return run(constructor);
    }

    @Override
    public <T extends @Nullable Object> T onLoop(Supplier<? extends T> action) {
        return loop.inTurn(action);
    }

    @Override
    public void phasesEnded() {
        if (loop.ifMade() != null) {
            loop.turn().duringPhase(this, this::endPhases, () -> {});
        }
    }

    private @Nullable Void endPhases() {
        if (loop.takeBack()) {
            coroutine.finish();
            if (loop.isOf(account.owner())) {
                loop.rest();
            } else {
                loop.goOn();
            }
        }
        return null;
    }

    @Override
    public @Nullable Throwable settle() {
        @Nullable Throwable failure = fixtures.close();
        LeakReport report = loop.turn().duringPhase(this, () -> account.settle(coroutine), () -> {});
        failure = Failures.with(failure, account.publish(report).orElse(null));
        settings.leaks().unused().ifPresent(account::warn);
        return failure;
    }
}
