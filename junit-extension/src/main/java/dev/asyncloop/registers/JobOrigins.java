package dev.asyncloop.registers;

import dev.asyncloop.agent.Hook;
import dev.asyncloop.agent.HookTable;
import dev.asyncloop.agent.JdkAccess;
import dev.asyncloop.jdk.Insides;
import dev.asyncloop.jdk.SchedulersOfVirtualThreads;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.text.Log;
import dev.asyncloop.text.Unseen;
import java.lang.System.Logger.Level;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows who gave the jobs that the JDK's pools have and do, and which of them failed without anybody looking. It works
 * from {@link #install} on, if the JVM lets us edit the JDK. Any thread.
 */
public final class JobOrigins {

    /**
     * Methods that not all JDKs have: before 25 a pool of another kind delays jobs, and later ones read an exception in
     * one place.
     */
    private static final Set<String> NOT_IN_ALL_JDKS = Set.of("scheduleDelayedTask", "getThrowableException");

    private static final GivenJobs REGISTER = new GivenJobs(ThreadOrigins::ownerAtWork);
    private static final CoroutineJobs COROUTINES = new CoroutineJobs(REGISTER, ThreadOrigins::ownerAtWork);
    private static final JobFailures FAILURES = new JobFailures();

    /** For whom the current thread works though no hook told of it: a loop handed it a job, or it is lent to a test. */
    private static final ThreadLocal<@Nullable Owner> LENT = new ThreadLocal<>();

    private static boolean installed; // under the class's monitor
    private static boolean refused; // under the class's monitor
    private static volatile boolean saidMissing;

    private JobOrigins() {}

    /**
     * Begins to note jobs, once. Never throws; what cannot be noted is logged, once. Returns whether they are noted.
     */
    public static synchronized boolean install() {
        Instrumentation instrumentation = installed || refused ? null : JdkAccess.instrumentation();
        if (instrumentation == null) {
            return installed; // perhaps one is attached later
        }
        try {
            listen(instrumentation);
            installed = true;
        } catch (Throwable unknownJdk) {
            refused = true;
            Log.log(Level.INFO, "asyncloop: jobs that are left in pools are not looked for: " + unknownJdk);
        }
        return installed;
    }

    private static void listen(Instrumentation instrumentation) throws Throwable {
        Insides.open(instrumentation);
        rehearse();
        var listeners = HookTable.OF_THIS_JVM.listeners(JdkEvents.JOBS, instrumentation);
        for (Hook each : JdkEvents.JOBS.missing()) {
            if (!NOT_IN_ALL_JDKS.contains(each.place().method())) {
                throw new IllegalStateException("this JDK has no " + each);
            }
        }
        CombinedFutures.install();
        BiConsumer<@Nullable Object, @Nullable Object> ended = (job, thrown) -> {
            if (job == null) {
                REGISTER.endedAll(thrown != null);
            } else {
                REGISTER.ended(job);
            }
        };
        BiConsumer<@Nullable Object, @Nullable Object> given = (job, pool) -> {
            if (!COROUTINES.dispatched(job, pool)) {
                REGISTER.given(job, pool);
            }
        };
        listeners.accept(List.of(
                given,
                (job, none) -> REGISTER.begun(job),
                ended,
                (job, pool) -> REGISTER.refused(job),
                (future, thrown) -> FAILURES.failed(future, (Throwable) thrown, REGISTER),
                (future, none) -> FAILURES.looked(future),
                (coroutine, none) -> COROUTINES.launched(coroutine),
                (part, dispatcher) -> COROUTINES.dispatched(part, dispatcher),
                (part, none) -> COROUTINES.resumed(part),
                (part, none) -> REGISTER.ended(part),
                (coroutine, none) -> COROUTINES.completed(coroutine)));
    }

    /** Has every class loaded that the register needs. It is told of jobs while classes are being loaded. */
    private static void rehearse() throws InterruptedException {
        Owner owner = Owner.named("rehearsal");
        GivenJobs jobs = new GivenJobs(() -> owner);
        Runnable job = new FutureTask<>(() -> null);
        CompletableFuture.completedFuture("").thenRunAsync(() -> {}, step -> jobs.given(step, null));
        SchedulersOfVirtualThreads.contain(null);
        jobs.given(job, null);
        jobs.begun(job);
        jobs.of(owner);
        jobs.ended(job);
        jobs.refused(job);
        jobs.endedAll(false);
    }

    /** The jobs that somebody gave for {@code owner} and that have not ended. */
    public static List<Job> of(Owner owner) {
        List<Job> coroutines = COROUTINES.of(owner);
        if (coroutines.isEmpty() || !seesCoroutines()) {
            return REGISTER.of(owner);
        }
        coroutines.addAll(REGISTER.of(owner));
        return coroutines;
    }

    /**
     * Whether it can be told which coroutines of kotlinx are pending, as far as its classes are loaded; else logs why,
     * once.
     */
    public static boolean seesCoroutines() {
        Hook missing = CoroutineJobs.missing().orElse(null);
        if (missing != null && !saidMissing) {
            saidMissing = true;
            Log.log(
                    Level.INFO,
                    "asyncloop: not looked for are " + Unseen.WITHOUT_COROUTINES + ": this kotlinx.coroutines has no "
                            + missing);
        }
        return missing == null;
    }

    /** Settles what was given for {@code owner}: its account is closed. */
    public static void settle(Owner owner) {
        REGISTER.settle(owner);
    }

    /** The job that is done by {@code object}, such as a future; null if that is nobody's, or has ended. */
    public static @Nullable Job known(Object object) {
        return REGISTER.known(object);
    }

    /** Whether there is any job that somebody gave and that has not ended. */
    public static boolean areThere() {
        return REGISTER.hasAny();
    }

    /** Up to {@code most} of the jobs that somebody gave, for whomever, and that have not ended. */
    public static List<Job> first(int most) {
        return REGISTER.first(most);
    }

    /** The owner of the job that the current thread does; null if it does none, or nobody's. */
    public static @Nullable Owner ownerOfCurrentJob() {
        Owner lentTo = LENT.get();
        return lentTo == null ? REGISTER.ownerOfCurrentJob() : lentTo;
    }

    /** The job that the current thread does; null if it does none, or nobody's. */
    public static @Nullable Job current() {
        return REGISTER.current();
    }

    /** Does a job that a loop handed to the current thread for {@code owner}. */
    public static void charge(@Nullable Owner owner, Runnable job) {
        begin(owner);
        try {
            job.run();
        } finally {
            end();
        }
    }

    /** From now on the current thread works for {@code owner}, until {@link #end}. */
    public static void begin(@Nullable Owner owner) {
        LENT.set(owner);
    }

    /** The current thread does not work for that owner any more. */
    public static void end() {
        LENT.remove();
    }

    /**
     * While {@code giver} runs, the current thread gives jobs that may go on when the account of their owner is closed.
     */
    public static <T extends @Nullable Object> T giveBackground(Callable<T> giver) throws Exception {
        return REGISTER.giveBackground(giver);
    }

    /** Whether what the current thread gives may go on when the account of its owner is closed. */
    static boolean givesBackground() {
        return REGISTER.isBackground();
    }

    /** How many jobs of {@code owner} are registered. */
    static int registered(Owner owner) {
        return REGISTER.size(owner);
    }

    /** Somebody looks at a future, by way of another one that combines several. */
    static void looked(Object future) {
        FAILURES.looked(future);
    }

    /** Takes what jobs of {@code owner} failed with and nobody looked at. */
    public static List<JobFailure> takeFailures(Owner owner) {
        return FAILURES.take(owner);
    }
}
