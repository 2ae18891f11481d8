package dev.asyncloop.loop.core;

import dev.asyncloop.jdk.BlockedThreads;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread of a loop. The future of what it ends with is its {@linkplain #outcome outcome}, the task that users see.
 *
 * <pre>
 *   CREATED ──the loop runs it──▶ RUNNING ──it waits──▶ SUSPENDED ──somebody wakes it──▶ READY ──its turn comes──▶ RUNNING
 *                                    └──its thread ends──▶ OVER
 * </pre>
 *
 * <p>{@code started} tells CREATED from the rest, {@code queued} READY from SUSPENDED, {@code waitingFor} says in which of our own waits it
 * is suspended, and the loop's {@linkplain LoopCore#current() current} coroutine is the one that is RUNNING. A main coroutine is also
 * {@code resting} between two phases, and any one a {@code zombie} once it goes on after its loop was closed.
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

    /** The number of the coroutine that created it, 0 where that was none. */
    private final long creator;

    private final String name;
    private final CoroutineKind kind;

    /** Null where nobody asked for it. */
    private final @Nullable CallStack created;

    private final Thread thread;

    /** Whether its thread was started by somebody else. */
    private final boolean adopted;

    /** In the portable engine only. */
    private final PortableEngine.@Nullable Baton baton;

    /** Changed between the phases of a main coroutine, while the loop does not run; read by any thread. */
    private volatile @Nullable Owner owner;

    /** Changed between the phases of a main coroutine, while the loop does not run; read by any thread. */
    private volatile boolean resting;

    /** Written by the one thread that runs it after its loop was closed. */
    private volatile boolean zombie;

    /** Made at its first await. In the coroutine. */
    private Waiter.@Nullable Awaiting wakeUp;

    /** What the JDK gave to be run next. Set by whoever wakes it, before it is queued; read by the thread that runs it. */
    private @Nullable Runnable continuation;

    /** The step is in the loop's queue. Any thread sets it, the loop's thread clears it. */
    private volatile boolean queued;

    /** Written by the thread that runs it. */
    private volatile boolean started;

    /** What it awaits; written by the coroutine. */
    private volatile @Nullable Promise<?> waitingFor;

    /** That it is pending when its loop is closed, is nothing to report. Loop thread only. */
    private boolean mayStayPending;

    /** Written by the thread that runs it; any thread may look. */
    private long ranAt;

    /** Made at the first request. Written under the lock of this, read by any thread. */
    private volatile @Nullable Cancellation cancellation;

    /** One with a body of ours, on a thread of ours. */
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

    /** A virtual thread that somebody else started on the loop. */
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

    /** The name it was given, or else that of the loop's count. Any thread. */
    public String name() {
        return name;
    }

    /** Its place in the order of creation. */
    public long number() {
        return number;
    }

    /** The number of the coroutine that created it, 0 where that was none. */
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

    /** Whom it is charged to; null where nobody keeps account, or where a class initialiser created it. Any thread. */
    public @Nullable Owner owner() {
        return isForGood() ? null : owner;
    }

    /** Whether a class initialiser created it: it belongs to no test, and goes on after the loop it began on. */
    public boolean isForGood() {
        return created != null && created.isInClassInitialiser();
    }

    /** Whom what it creates is charged to: the same, found without a look at its own creation. */
    @Nullable
    Owner heirsOwner() {
        return owner;
    }

    /** Whether it could run now: the loop has it in its queue. Any thread. */
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

    /** Whether it is a virtual thread whose body has thrown, and which tells that its handler for uncaught exceptions. Any thread. */
    public boolean isDying() {
        return adopted && BlockedThreads.isDying(thread);
    }

    /** Where it was created, from the first line of user code on; empty where there is none, and where nobody asked for it. */
    public List<StackTraceElement> createdAt() {
        return created == null ? List.of() : created.fromUserCode();
    }

    /** Where it is now, from the first line of user code on; empty where it did not start or is done. Any thread. */
    public List<StackTraceElement> stackTrace() {
        return CallStack.userCode(List.of(thread.getStackTrace()));
    }

    /** Asks it to end, once more; false if it is done already. Any thread. */
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

    /** Takes one request to cancel it back, and returns how many are left. Any thread. */
    public int uncancel() {
        Cancellation requested = cancellation;
        return requested == null ? 0 : requested.withdraw();
    }

    /** The requests to cancel it. Any thread. */
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

    /** What the last request said. */
    public @Nullable String cancelMessage() {
        Cancellation requested = cancellation;
        return requested == null ? null : requested.message();
    }

    /** Wakes it with the status of its thread set. */
    void interrupt() {
        core.engine().interrupt(this);
    }

    /** Whether there is an interruption that it has not come across yet. Any thread. */
    public boolean isInterrupted() {
        return thread.isInterrupted() || baton != null && baton.hidesInterruption();
    }

    /** Whether it was interrupted, and should heed it; takes the interruption. In the coroutine. */
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

    /** The listener's time when it last began to run. Any thread; a snapshot. */
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

    /** Ends the future of a virtual thread whose body is not ours. Loop thread only. */
    void threadEnded() {
        if (!isDone()) {
            outcome.finishWithoutResult();
        }
    }

    /** A phase begins, which with all that it starts belongs to {@code charged}. While the loop does not run. */
    public void work(Owner charged) {
        owner = charged;
        resting = false;
    }

    /** No phase is under way: the coroutine is there, but does not count. While the loop does not run. */
    public void rest() {
        resting = true;
    }

    /** Whether it is between two phases. Any thread. */
    public boolean isResting() {
        return resting;
    }

    /** Notes that its loop was closed before it ended; true the first time. One thread at a time, as it runs. */
    boolean outlivesItsLoop() {
        boolean first = !zombie;
        zombie = true;
        return first;
    }

    /** What wakes it when the future that it awaits is done. In the coroutine. */
    Waiter wakeUp() {
        Waiter.Awaiting made = wakeUp;
        if (made == null) {
            made = new Waiter.Awaiting(this);
            wakeUp = made;
        }
        return made;
    }

    /** In which of our own waits it is; null where it is in none. Any thread. */
    public @Nullable Promise<?> waitingFor() {
        return waitingFor;
    }

    void waitFor(@Nullable Promise<?> future) {
        waitingFor = future;
    }

    /** Its loop may be closed before it is done, and nobody need hear of it. Loop thread only. */
    public void mayStayPending() {
        mayStayPending = true;
    }

    /** Whether it is an error to close its loop now. What was cancelled, and did not end, is known to whoever cancelled it. */
    public boolean isDestroyedByClose() {
        return kind == CoroutineKind.TASK && !mayStayPending && cancelling() == 0 && !isForGood();
    }

    /** How messages call it. */
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
