package dev.asyncloop.jupiter.session;

import dev.asyncloop.jupiter.LoopScope.Scope;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.origin.Owner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The loop of a session and of those that share it, and who runs it between their phases. */
public final class SessionLoop {

    private final Owner owner;
    private final SessionSettings settings;

    /** Whether what is on it goes on between phases, beside the tests. */
    private final boolean goesOn;

    private final Turn turn = new Turn();

    /** Made under the lock of this: classes that share it may ask for it at the same time. */
    private volatile @Nullable EventLoop loop;

    /** Null before it is needed. Who has the turn. */
    private @Nullable Caretaker caretaker;

    private SessionLoop(Owner owner, SessionSettings settings, boolean goesOn) {
        this.owner = owner;
        this.settings = settings;
        this.goesOn = goesOn;
    }

    /** That of one test. */
    public static SessionLoop ofTest(Owner owner, SessionSettings settings) {
        return new SessionLoop(owner, settings, false);
    }

    /**
     * That of a class, or of several. It goes on beside tests that have loops of their own. Where the tests share it
     * and time is virtual, it stands still between phases: the time is the tests'.
     */
    public static SessionLoop aroundTests(Owner owner, SessionSettings settings) {
        return new SessionLoop(owner, settings, settings.scope() == Scope.METHOD || !settings.virtualTime());
    }

    /** Whose it is. */
    public String ownerName() {
        return owner.name();
    }

    boolean isOf(Owner session) {
        return owner == session;
    }

    public boolean hasVirtualTime() {
        return settings.virtualTime();
    }

    /** How far it reaches. */
    public Scope scope() {
        return settings.scope();
    }

    /** The turn of those that share it. */
    Turn turn() {
        return turn;
    }

    /** The loop, made when it is first asked for. Any thread. */
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

    /** Null where nobody has asked for it. */
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

    /** Takes it from whoever runs it between phases, and returns whether nobody runs it now. Who has the turn. */
    boolean takeBack() {
        return caretaker().handBack();
    }

    /** Lets it go on until it is taken back, if it is there and does so. Who has the turn. */
    void goOn() {
        if (goesOn && loop != null) {
            caretaker().takeOver();
        }
    }

    /** Lets what is on it end, while nothing new is to happen. Who has the turn. */
    void rest() {
        caretaker().takeOverAtRest();
    }

    /** Has it for itself while {@code action} may run it, and lets it go on afterwards. The calling thread. */
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

    /** Closes it if it is that of {@code session}, which is over, and lets it go on if not. Who has the turn. */
    void leave(Owner session) {
        if (!isOf(session)) {
            goOn();
        } else if (loop != null && !loop.isRunning()) {
            loop.close();
        }
    }

    /** Whether it is there and nobody runs it, after whoever did was asked to stop. Who has the turn. */
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
