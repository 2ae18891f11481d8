package dev.asyncloop.jupiter.session;

import dev.asyncloop.jupiter.leaks.LeakReporter;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.origin.Owner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The session of what the classes of a package, or of the run, share: a loop, and fixtures on it. It has no phases. */
public final class SharedSession implements Session, FixtureHome {

    private final SessionSettings settings;
    private final SessionLoop loop;
    private final Account account;
    private final Fixtures fixtures = new Fixtures(this);

    public SharedSession(Owner owner, SessionSettings settings, LeakReporter reporter) {
        this.settings = settings;
        this.loop = SessionLoop.aroundTests(owner, settings);
        this.account = Account.ofShared(owner, settings.leaks().judge(), loop, reporter);
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

    @Override
    public <T extends @Nullable Object> T onLoop(Supplier<? extends T> action) {
        return loop.inTurn(action);
    }

    @Override
    public @Nullable Throwable settle() {
        @Nullable Throwable failure = fixtures.close();
        LeakReport report = loop.turn().during(() -> account.settle());
        failure = Failures.with(failure, account.publish(report).orElse(null));
        settings.leaks().unused().ifPresent(account::warn);
        return failure;
    }
}
