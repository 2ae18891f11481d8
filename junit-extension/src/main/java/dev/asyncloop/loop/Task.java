package dev.asyncloop.loop;

import dev.asyncloop.jdk.BlockedThreads;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine under way on an event loop, and the future of its result.
 *
 * <p>asyncio's {@code Task}. Its body runs on a virtual thread that the loop schedules: whatever blocks in it suspends it, and
 * the loop runs on. A virtual thread that the code under test starts itself inside the loop is a task as well. A task
 * completes only by its body.
 */
public final class Task<T extends @Nullable Object> extends TaskFuture<T> implements Step {

    /** What a task is to the loop. */
    enum Kind {
        /** Started by {@link EventLoop#createTask}. */
        TASK,
        /** May outlive the code that started it; it is cancelled silently. */
        BACKGROUND,
        /** A virtual thread that the code under test started itself. */
        VIRTUAL_THREAD,
        /** The body of an {@link AsyncGenerator}. */
        GENERATOR,
        /** Runs the phases of a {@link MainTask}. */
        MAIN
    }

    /** Its neighbours among the tasks that are not over. Guarded by the register. */
    @Nullable
    Task<?> earlier;

    @Nullable
    Task<?> later;

    private final long number;

    /** The number of the task that created it, 0 where that was none. */
    private final long creator;

    private final String name;
    private final Kind kind;
    private volatile @Nullable Owner owner;
    private volatile boolean resting;
    private volatile boolean zombie;

    /** Null where nobody asked for it. */
    private final @Nullable CallStack created;

    private final Thread thread;
    private final boolean adopted;

    /** In the portable engine only. */
    private final PortableEngine.@Nullable Baton baton;

    /** Made at its first await. In the task. */
    private Waiter.@Nullable Awaiting wakeUp;

    /** Set once, before the task is first queued. */
    private @Nullable Runnable continuation;

    /** The step is in the loop's queue. Any thread sets it, the loop's thread clears it. */
    private volatile boolean queued;

    /** Written by the thread that runs it. */
    private volatile boolean started;

    /** What {@link #await} waits for; written by the task. */
    private volatile @Nullable LoopFuture<?> waitingFor;

    /** That it is pending when its loop is closed, is nothing to report. Loop thread only. */
    private boolean mayStayPending;

    /** Written by the thread that runs it. */
    private long ranAt;

    /** Made at the first request. Written under the lock of this task, read by any thread. */
    private volatile @Nullable Cancellation cancellation;

    /** A task with a body of ours, on a thread of ours. */
    Task(
            EventLoop loop,
            Kind kind,
            long number,
            long creator,
            @Nullable String name,
            @Nullable Owner owner,
            Callable<? extends T> body) {
        super(loop);
        this.number = number;
        this.creator = creator;
        this.name = name == null ? "task-" + number : name;
        this.kind = kind;
        this.owner = owner;
        this.created = loop.keepsOrigins() && kind != Kind.MAIN ? CallStack.current() : null;
        this.baton = batonFor(loop);
        this.thread = loop.engine().newThread(this, this.name, new TaskBody<>(this, body));
        this.adopted = false;
    }

    /** A virtual thread that somebody else started on the loop. */
    Task(EventLoop loop, Kind kind, long number, long creator, @Nullable Owner owner, Thread thread) {
        super(loop);
        this.number = number;
        this.creator = creator;
        this.name = thread.getName();
        this.kind = kind;
        this.owner = owner;
        this.created = loop.keepsOrigins() ? CallStack.current() : null;
        this.baton = batonFor(loop);
        this.thread = thread;
        this.adopted = true;
    }

    private static PortableEngine.@Nullable Baton batonFor(EventLoop loop) {
        return loop.engine() == PortableEngine.INSTANCE ? new PortableEngine.Baton() : null;
    }

    /** The name it was given, or the loop's count of tasks. Any thread. */
    public String name() {
        return name;
    }

    /** Whom it is charged to; null where nobody keeps account, or where a class initialiser created it. Any thread. */
    public @Nullable Owner owner() {
        return isForGood() ? null : owner;
    }

    /** Whether a class initialiser created it: it belongs to no test, and goes on after the loop it began on. */
    boolean isForGood() {
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

    /** Whether it is a virtual thread whose body has thrown, and which tells that its handler for uncaught exceptions. Any thread. */
    public boolean isDying() {
        return adopted && BlockedThreads.isDying(thread);
    }

    /** Whether it was started by {@link EventLoop#createBackgroundTask}. Any thread. */
    public boolean isBackground() {
        return kind == Kind.BACKGROUND;
    }

    /**
     * Where it was created, from the first line of user code on. Empty where there is none, and where nobody asked for it: a loop
     * notes it if it has an owner or is in debug mode. Any thread.
     */
    public List<StackTraceElement> createdAt() {
        return created == null ? List.of() : created.fromUserCode();
    }

    /** Where it is now, from the first line of user code on; empty where it did not start or is done. Any thread. */
    public List<StackTraceElement> stackTrace() {
        return CallStack.userCode(List.of(thread.getStackTrace()));
    }

    /**
     * Asks the task to end: interrupts its thread. In {@link #await} that is a {@link TaskCancelledException}, in the JDK's
     * blocking calls an {@link InterruptedException}; what the task awaits is cancelled with it. A task that did not start
     * never runs. Any thread.
     *
     * <p>Whoever asks for it and then handles it himself, as {@link Timeout} does, takes it back with {@link #uncancel()}.
     *
     * @return false if it is done already; true says nothing of how it will end, since a task may catch it and go on
     */
    @Override
    public boolean cancel(@Nullable String message) {
        if (isDone()) {
            return false;
        }
        cancellation().request(message);
        return true;
    }

    /** How many requests to cancel it are open: every {@link #cancel} is one more, also where the body caught it. Any thread. */
    public int cancelling() {
        Cancellation requested = cancellation;
        return requested == null ? 0 : requested.requests();
    }

    /**
     * Takes one request to cancel it back, and returns how many are left. Where none is, what the body has not noticed yet is
     * withdrawn; a blocking call of the JDK has by then been interrupted. What is done stays as it ended. Any thread.
     */
    public int uncancel() {
        Cancellation requested = cancellation;
        return requested == null ? 0 : requested.withdraw();
    }

    Cancellation cancellation() {
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

    /** Wakes it with the status of its thread set. */
    void interrupt() {
        loop().engine().interrupt(this);
    }

    /** Whether there is an interruption that it has not come across yet. Any thread. */
    boolean isInterrupted() {
        return thread.isInterrupted() || baton != null && baton.hidesInterruption();
    }

    /** Whether it was interrupted, and should heed it; takes the interruption. In the task. */
    boolean takeInterruption() {
        if (!Thread.interrupted()) {
            return false;
        }
        Cancellation requested = cancellation;
        return requested == null || requested.noticed();
    }

    /** Takes a request that the body has not noticed, and says whether there was one. In the task. */
    boolean takeUnnoticedCancellation() {
        Cancellation requested = cancellation;
        return requested != null && requested.takeUnnoticed();
    }

    /** Forgets a request that another task withdrew before this one noticed it. In the task. */
    void dropWithdrawnCancellation() {
        Cancellation requested = cancellation;
        if (requested != null) {
            requested.dropWithdrawn();
        }
    }

    @Override
    public void step() {
        loop().driver().runStep(this);
    }

    /** Runs the task up to where it waits next. Loop thread only, with {@code this} as the loop's current task. */
    void resume() {
        queued = false;
        started = true;
        Cancellation requested = cancellation;
        if (requested != null) {
            requested.resumed();
        }
        loop().engine().resume(this);
    }

    Runnable continuation() {
        return Objects.requireNonNull(continuation);
    }

    PortableEngine.Baton baton() {
        return Objects.requireNonNull(baton);
    }

    /** The watchdog's time when it last began to run. Any thread; a snapshot. */
    long ranAt() {
        return ranAt;
    }

    /** It is about to run. The thread that runs it. */
    void runsAt(long time) {
        ranAt = time;
    }

    /** Notes that the scheduler was asked to continue this task. Any thread. */
    void queue(Runnable toRun) {
        continuation = toRun;
        queued = true;
    }

    /** Notes that it is in the queue. Any thread. */
    void queued() {
        queued = true;
    }

    /** Ends the future of a virtual thread whose body is not ours. Loop thread only. */
    @SuppressWarnings("NullAway") // such a task is made as a Task<@Nullable Void>
    void threadEnded() {
        if (!isDone()) {
            finish(null);
        }
    }

    /** Its place in the order of creation. */
    long number() {
        return number;
    }

    long creator() {
        return creator;
    }

    Kind kind() {
        return kind;
    }

    /** A phase begins, which with all that it starts belongs to {@code charged}. While the loop does not run. */
    void work(Owner charged) {
        owner = charged;
        resting = false;
    }

    /** No phase is under way: the task is there, but does not count. While the loop does not run. */
    void rest() {
        resting = true;
    }

    /** Notes that its loop was closed before it ended; true the first time. One thread at a time, as it runs. */
    boolean outlivesItsLoop() {
        boolean first = !zombie;
        zombie = true;
        return first;
    }

    boolean isResting() {
        return resting;
    }

    Thread thread() {
        return thread;
    }

    boolean started() {
        return started;
    }

    /** Whether its thread was started by somebody else. */
    boolean isAdopted() {
        return adopted;
    }

    /** What wakes it when the future that it awaits is done. In the task. */
    Waiter wakeUp() {
        Waiter.Awaiting made = wakeUp;
        if (made == null) {
            made = new Waiter.Awaiting(this);
            wakeUp = made;
        }
        return made;
    }

    @Nullable
    String cancelMessage() {
        Cancellation requested = cancellation;
        return requested == null ? null : requested.message();
    }

    @Nullable
    LoopFuture<?> waitingFor() {
        return waitingFor;
    }

    void waitFor(@Nullable LoopFuture<?> future) {
        waitingFor = future;
    }

    @Override
    String label() {
        String quoted = name.isEmpty() ? "without a name" : '"' + name + '"';
        return (kind == Kind.VIRTUAL_THREAD
                        ? "virtual thread "
                        : kind == Kind.BACKGROUND ? "background task " : "task ")
                + quoted;
    }

    @Override
    String describe() {
        return "await of " + label();
    }

    @Override
    public String toString() {
        String where = stackTrace().stream()
                .findFirst()
                .map(line -> ", waiting at " + line)
                .orElse("");
        String from = createdAt().stream()
                .findFirst()
                .map(line -> ", created at " + line)
                .orElse("");
        String asked = cancelling() > 0 && !isDone() ? " cancelling" : "";
        return "<" + label() + asked + ", " + Activity.of(this) + from + (isDone() ? "" : where) + ">";
    }

    /** Its loop may be closed before it is done, and nobody need hear of it: the body of a run that was stopped, or what was reported. */
    Task<T> mayStayPending() {
        mayStayPending = true;
        return this;
    }

    /** Whether it is an error to close its loop now. What was cancelled, and did not end, is known to whoever cancelled it. */
    boolean isDestroyedByClose() {
        return kind == Kind.TASK && !mayStayPending && cancelling() == 0 && !isForGood();
    }
}
