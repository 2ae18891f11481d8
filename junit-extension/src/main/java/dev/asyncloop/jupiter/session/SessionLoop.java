package dev.asyncloop.jupiter.session;

import dev.asyncloop.jupiter.LoopScope.Scope;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.origin.Owner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The loop of one session, or of several that share it, and who runs it between phases. */
public final class SessionLoop {

    private final Owner owner;
    private final SessionSettings settings;

    /** Whether the loop goes on between phases, beside the tests. */
    private final boolean goesOn;

    private final Turn turn = new Turn();

    /**
     * Made under this object's monitor, since classes that share the loop may ask for it at the same time. Any thread.
     */
    private volatile @Nullable EventLoop loop;

    /** Null until it is needed. Used by whoever has the turn. */
    private @Nullable Caretaker caretaker;

    private SessionLoop(Owner owner, SessionSettings settings, boolean goesOn) {
        this.owner = owner;
        this.settings = settings;
        this.goesOn = goesOn;
    }

    /** The loop of one test. */
    public static SessionLoop ofTest(Owner owner, SessionSettings settings) {
        return new SessionLoop(owner, settings, false);
    }

    /**
     * The loop of a class or of several classes. It goes on beside tests that have loops of their own. If tests share
     * it and its time is virtual, it stands still between phases, since the time is for the tests to spend.
     */
    public static SessionLoop aroundTests(Owner owner, SessionSettings settings) {
        return new SessionLoop(owner, settings, settings.scope() == Scope.METHOD || !settings.virtualTime());
    }

    /** The name of the session whose loop it is. */
    public String ownerName() {
        return owner.name();
    }

    boolean isOf(Owner session) {
        return owner == session;
    }

    public boolean hasVirtualTime() {
        return settings.virtualTime();
    }

    /** Which tests share it. */
    public Scope scope() {
        return settings.scope();
    }

    /** The turn of the sessions that share it. */
    Turn turn() {
        return turn;
    }

    /** The loop, which is made when it is first asked for. Any thread. */
    public EventLoop get() {
        EventLoop made = loop;
        return made == null ? make() : made;
    }

    private synchronized EventLoop make() {
        EventLoop made = loop;
        if (made == null) {
            made = EventLoop.create(settings.loop().owner(owner));
            loop = made;
        }
        return made;
    }

    /** The loop; null if nobody has asked for it. */
    @Nullable
    EventLoop ifMade() {
        return loop;
    }

    private Caretaker caretaker() {
        Caretaker present = caretaker;
        if (present == null) {
            present = new Caretaker(get().account(owner));
            caretaker = present;
        }
        return present;
    }

    /**
     * Takes the loop back from the caretaker, and returns whether nobody runs it now. Called by whoever has the turn.
     */
    boolean takeBack() {
        return caretaker().handBack();
    }

    /**
     * Lets the loop go on until it is taken back, if it exists and is one that does. Called by whoever has the turn.
     */
    void goOn() {
        if (goesOn && loop != null) {
            caretaker().takeOver();
        }
    }

    /** Lets what is on the loop end, while nothing new may begin. Called by whoever has the turn. */
    void rest() {
        caretaker().takeOverAtRest();
    }

    /**
     * Runs {@code action}, which may run the loop, in a turn of its own, and then lets the loop go on. On the calling
     * thread.
     */
    <T extends @Nullable Object> T inTurn(Supplier<? extends T> action) {
        return turn.during(() -> {
            takeBack();
            try {
                return action.get();
            } finally {
                goOn();
            }
        });
    }

    /** The same for a phase of {@code session}, whose phases come one after the other. */
    <T extends @Nullable Object> T inTurnOf(Session session, Supplier<? extends T> action) {
        return turn.duringPhase(
                session,
                () -> {
                    takeBack();
                    return action.get();
                },
                this::goOn);
    }

    /**
     * Closes the loop if it is that of {@code session}, which is over; otherwise lets it go on. Called by whoever has
     * the turn.
     */
    void leave(Owner session) {
        if (!isOf(session)) {
            goOn();
        } else if (loop != null && !loop.isRunning()) {
            loop.close();
        }
    }

    /**
     * Whether the loop exists and nobody runs it, after whoever ran it was asked to stop. Called by whoever has the
     * turn.
     */
    boolean isStopped() {
        EventLoop present = loop;
        if (present == null) {
            return false;
        }
        if (!takeBack()) {
            present.callSoonThreadsafe(present::stop);
        }
        return takeBack();
    }
}
