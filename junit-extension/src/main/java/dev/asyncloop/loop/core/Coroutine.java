package dev.asyncloop.loop.core;

import dev.asyncloop.jdk.BlockedThreads;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.origin.trace.Origin;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread of a loop. The future of what it ends with is its {@linkplain #outcome outcome}, the task that users
 * see.
 *
 * <pre>
 *   CREATED ──its first turn──▶ RUNNING ──it waits──▶ SUSPENDED ──somebody wakes it──▶ READY ──its turn──▶ RUNNING
 *                                  ├──it yields──▶ READY
 *                                  └──its thread ends──▶ OVER
 * </pre>
 *
 * <p>{@code started} tells CREATED from the rest, and {@code queued} tells READY from SUSPENDED. The coroutine that is
 * RUNNING is the loop's {@linkplain LoopCore#current() current} one. {@code waitingFor} is the future that a SUSPENDED
 * coroutine awaits; it is null in a blocking call of the JDK.
 *
 * <p>A main coroutine is {@code resting} between two phases: it is SUSPENDED then, and counts as no task. A coroutine
 * that goes on after its loop was closed is a {@code zombie}. {@link Cancellation} has the states of a request to end
 * it.
 */
public final class Coroutine implements Step {

    /** Its neighbours among the coroutines that are not over. Guarded by the register. */
    @Nullable
    Coroutine earlier;

    @Nullable
    Coroutine later;

    private final LoopCore core;
    private final Promise<?> outcome;
    private final long number;

    /** The number of the coroutine that created it; 0 if none did. */
    private final long creator;

    private final String name;
    private final CoroutineKind kind;

    /** Null where the loop keeps no stacks, and for a main coroutine. */
    private final @Nullable CallStack created;

    private final Thread thread;

    /** Whether its thread was started by somebody else. */
    private final boolean adopted;

    /** Null unless the engine is the portable one. */
    private final PortableEngine.@Nullable Baton baton;

    /** Changed between the phases of a main coroutine, while the loop does not run; read by any thread. */
    private volatile @Nullable Owner owner;

    /** Changed between the phases of a main coroutine, while the loop does not run; read by any thread. */
    private volatile boolean resting;

    /** Written by the one thread that runs it after its loop was closed. */
    private volatile boolean zombie;

    /** Made at its first await. In the coroutine. */
    private Waiter.@Nullable Awaiting wakeUp;

    /**
     * What the JDK wants to run next. Written by the thread that wakes the coroutine, before it queues it; read by the
     * thread that runs it.
     */
    private @Nullable Runnable continuation;

    /** Whether it is in the loop's queue. Any thread sets it, the loop's thread clears it. */
    private volatile boolean queued;

    /** Written by the thread that runs it. */
    private volatile boolean started;

    /** What it awaits; written by the coroutine. */
    private volatile @Nullable Promise<?> waitingFor;

    /** Whether nobody need hear of it when its loop is closed before it ended. Loop thread only. */
    private boolean mayStayPending;

    /** Written by the thread that runs it; any thread may look. */
    private long ranAt;

    /** Made at the first request. Written under the lock of this, read by any thread. */
    private volatile @Nullable Cancellation cancellation;

    /** A coroutine that the loop starts, on a thread of its engine. */
    <T extends @Nullable Object> Coroutine(
            LoopCore core,
            CoroutineKind kind,
            long number,
            long creator,
            @Nullable String name,
            @Nullable Owner owner,
            Callable<? extends T> body) {
        this.core = core;
        this.number = number;
        this.creator = creator;
        this.name = name == null ? "task-" + number : name;
        this.kind = kind;
        this.owner = owner;
        this.created = core.keepsStacks() && kind != CoroutineKind.MAIN ? CallStack.current() : null;
        this.baton = core.engine().newBaton();
        this.adopted = false;
        this.outcome = core.host().outcomeOf(this);
        this.thread = core.engine().newThread(this, this.name, new CoroutineBody<>(this, body));
    }

    /** A coroutine on a virtual thread that somebody else started on the loop. */
    Coroutine(LoopCore core, CoroutineKind kind, long number, long creator, @Nullable Owner owner, Thread thread) {
        this.core = core;
        this.number = number;
        this.creator = creator;
        this.name = thread.getName();
        this.kind = kind;
        this.owner = owner;
        this.created = core.keepsStacks() ? CallStack.current() : null;
        this.baton = core.engine().newBaton();
        this.adopted = true;
        this.thread = thread;
        this.outcome = core.host().outcomeOf(this);
    }

    /** The loop that it is on. Any thread. */
    public LoopCore core() {
        return core;
    }

    /** The future of what it ends with. Any thread. */
    public Promise<?> outcome() {
        return outcome;
    }

    /** Whether its outcome is there. Any thread. */
    public boolean isDone() {
        return outcome.isDone();
    }

    /** The name it was given, or else {@code task-} and its number. Any thread. */
    public String name() {
        return name;
    }

    /** Its place in the order of creation, from 1 on. Any thread. */
    public long number() {
        return number;
    }

    /** The number of the coroutine that created it; 0 if none did. Any thread. */
    public long creator() {
        return creator;
    }

    /** What it is to the loop. */
    public CoroutineKind kind() {
        return kind;
    }

    /** Its virtual thread. */
    public Thread thread() {
        return thread;
    }

    /** Who is charged with it; null without an account, and where a class initialiser created it. Any thread. */
    public @Nullable Owner owner() {
        return Origin.charged(owner, created);
    }

    /** Whether a class initialiser created it. Such a coroutine belongs to no test, and may outlive its loop. */
    public boolean isForGood() {
        return created != null && created.isInClassInitialiser();
    }

    /** Who is charged with what it creates: its owner, without a look at the stack that created it. */
    @Nullable
    Owner heirsOwner() {
        return owner;
    }

    /** Whether it waits for its turn in the loop's queue. Any thread. */
    public boolean isReady() {
        return queued && !isDone();
    }

    /** Whether it may outlive the code that started it. Any thread. */
    public boolean isBackground() {
        return kind == CoroutineKind.BACKGROUND;
    }

    /** Whether its thread was started by somebody else. */
    public boolean isAdopted() {
        return adopted;
    }

    /** Whether it ever ran. Any thread. */
    public boolean started() {
        return started;
    }

    /** Whether its body has thrown, and its thread is just telling its handler for uncaught exceptions. Any thread. */
    public boolean isDying() {
        return adopted && BlockedThreads.isDying(thread);
    }

    /**
     * Where it was created, from the first line of user code on. Empty without such a line, and where the loop keeps no
     * stacks.
     */
    public List<StackTraceElement> createdAt() {
        return created == null ? List.of() : created.fromUserCode();
    }

    /** Where it is now, from the first line of user code on; empty where it did not start or is done. Any thread. */
    public List<StackTraceElement> stackTrace() {
        return CallStack.userCode(List.of(thread.getStackTrace()));
    }

    /** Adds one request to end it; false if it is done already. Any thread. */
    public boolean cancel(@Nullable String message) {
        if (isDone()) {
            return false;
        }
        cancellation().request(message);
        return true;
    }

    /** How many requests to cancel it are open. Any thread. */
    public int cancelling() {
        Cancellation requested = cancellation;
        return requested == null ? 0 : requested.requests();
    }

    /** Withdraws one request to cancel it, and returns how many are left. Any thread. */
    public int uncancel() {
        Cancellation requested = cancellation;
        return requested == null ? 0 : requested.withdraw();
    }

    /** The requests to cancel it; made by the first call. Any thread. */
    public Cancellation cancellation() {
        Cancellation made = cancellation;
        if (made != null) {
            return made;
        }
        synchronized (this) {
            made = cancellation;
            if (made == null) {
                made = new Cancellation(this);
                cancellation = made;
            }
            return made;
        }
    }

    /** The message of the last request. */
    public @Nullable String cancelMessage() {
        Cancellation requested = cancellation;
        return requested == null ? null : requested.message();
    }

    /** Wakes it, with the interrupt status of its thread set. */
    void interrupt() {
        core.engine().interrupt(this);
    }

    /** Whether it was interrupted and has not noticed that yet. Any thread. */
    public boolean isInterrupted() {
        return thread.isInterrupted() || baton != null && baton.hidesInterruption();
    }

    /** Clears an interruption, and returns whether there was one that the coroutine should heed. In the coroutine. */
    public boolean takeInterruption() {
        if (!Thread.interrupted()) {
            return false;
        }
        Cancellation requested = cancellation;
        return requested == null || requested.noticed();
    }

    /** Takes a request that the body has not noticed, and says whether there was one. In the coroutine. */
    boolean takeUnnoticedCancellation() {
        Cancellation requested = cancellation;
        return requested != null && requested.takeUnnoticed();
    }

    /** Forgets a request that another coroutine withdrew before this one noticed it. In the coroutine. */
    void dropWithdrawnCancellation() {
        Cancellation requested = cancellation;
        if (requested != null) {
            requested.dropWithdrawn();
        }
    }

    /** Runs it up to where it waits next. The thread that runs the loop, with this as its current coroutine. */
    void resume() {
        queued = false;
        started = true;
        Cancellation requested = cancellation;
        if (requested != null) {
            requested.resumed();
        }
        core.engine().resume(this);
    }

    Runnable continuation() {
        return Objects.requireNonNull(continuation);
    }

    PortableEngine.Baton baton() {
        return Objects.requireNonNull(baton);
    }

    /** When it last began to run, on the clock of the run's listener. Any thread; a snapshot. */
    public long ranAt() {
        return ranAt;
    }

    /** It is about to run. The thread that runs it. */
    public void runsAt(long time) {
        ranAt = time;
    }

    /** Notes that the scheduler was asked to continue it. Any thread. */
    void queue(Runnable toRun) {
        continuation = toRun;
        queued = true;
    }

    /** Notes that it is in the queue. Any thread. */
    void queued() {
        queued = true;
    }

    /** Completes the outcome of a virtual thread that somebody else started. Loop thread only. */
    void threadEnded() {
        if (!isDone()) {
            outcome.finishWithoutResult();
        }
    }

    /** A phase begins. {@code charged} owns it, and all that it starts. While the loop does not run. */
    public void work(Owner charged) {
        owner = charged;
        resting = false;
    }

    /** The phase ended. Until the next one the coroutine counts as no task. While the loop does not run. */
    public void rest() {
        resting = true;
    }

    /** Whether it is between two phases. Any thread. */
    public boolean isResting() {
        return resting;
    }

    /** Notes that it outlives its loop; true the first time. Only by the thread that runs it. */
    boolean outlivesItsLoop() {
        boolean first = !zombie;
        zombie = true;
        return first;
    }

    /** The waiter that wakes it when the awaited future is done. In the coroutine. */
    Waiter wakeUp() {
        Waiter.Awaiting made = wakeUp;
        if (made == null) {
            made = new Waiter.Awaiting(this);
            wakeUp = made;
        }
        return made;
    }

    /** The future that it awaits; null where it awaits none. Any thread. */
    public @Nullable Promise<?> waitingFor() {
        return waitingFor;
    }

    void waitFor(@Nullable Promise<?> future) {
        waitingFor = future;
    }

    /** From now on its loop may be closed before it ended, and nobody is told. Loop thread only. */
    public void mayStayPending() {
        mayStayPending = true;
    }

    /**
     * Whether closing its loop now is an error to report. A coroutine that was cancelled and did not end is none:
     * whoever cancelled it knows.
     */
    public boolean isDestroyedByClose() {
        return kind == CoroutineKind.TASK && !mayStayPending && cancelling() == 0 && !isForGood();
    }

    /** What messages call it. */
    public String label() {
        String quoted = name.isEmpty() ? "without a name" : '"' + name + '"';
        String what = kind == CoroutineKind.VIRTUAL_THREAD
                ? "virtual thread "
                : kind == CoroutineKind.BACKGROUND ? "background task " : "task ";
        return what + quoted;
    }

    @Override
    public String toString() {
        return outcome.toString();
    }
}
