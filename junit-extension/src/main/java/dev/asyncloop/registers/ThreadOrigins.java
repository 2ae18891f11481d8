package dev.asyncloop.registers;

import dev.asyncloop.agent.Hook;
import dev.asyncloop.agent.HookTable;
import dev.asyncloop.agent.JdkAccess;
import dev.asyncloop.agent.JdkEditor;
import dev.asyncloop.jdk.DelayedCommands;
import dev.asyncloop.jdk.Insides;
import dev.asyncloop.jdk.LooseThreads;
import dev.asyncloop.jdk.Workers;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.text.Log;
import dev.asyncloop.text.Unseen;
import java.lang.System.Logger.Level;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows for whom the threads, executors, child processes, class loaders and delayed commands began that are
 * there now. It works from {@link #install} on, if the JVM lets us edit the JDK. Any thread.
 */
public final class ThreadOrigins {

    private static final ThreadFactory PROBES =
            Thread.ofPlatform().daemon().name("asyncloop-probe").factory();

    private static volatile @Nullable Beginnings register;
    private static volatile Consumer<? super Throwable> uncaught = thrown -> {};
    private static volatile boolean blind;
    private static boolean refused; // under the class's monitor

    private ThreadOrigins() {}

    /**
     * Begins to note what begins, once. Never throws; what cannot be noted is logged, once.
     *
     * @param runningOwner returns the owner of what the loop on the current thread runs now; null without a loop
     */
    public static synchronized boolean install(Supplier<? extends @Nullable Owner> runningOwner) {
        if (register != null || refused) {
            return register != null;
        }
        Instrumentation instrumentation = JdkAccess.instrumentation();
        if (instrumentation == null) {
            blind = true;
            if (JdkAccess.current() != JdkAccess.NONE) { // else whoever chooses an engine says it
                Log.log(
                        Level.INFO,
                        "asyncloop: there is no agent. Not looked for are " + Unseen.WITHOUT_AGENT + ". "
                                + JdkAccess.waysToAgent());
            }
            return false; // not refused: one may be attached yet
        }
        try {
            register = install(instrumentation, runningOwner);
        } catch (Throwable unknownJdk) {
            refused = true;
            Log.log(
                    Level.INFO,
                    "asyncloop: leaked platform threads, executors and child processes are not looked for: "
                            + unknownJdk);
        }
        return register != null;
    }

    /** Whether {@link #install} had no agent, so that nobody tells of anything. */
    public static boolean areUnknown() {
        return blind && register == null;
    }

    /**
     * From now on, {@code kept} says what is kept for the whole JVM. What such things begin belongs to nobody. Any
     * thread may ask {@code kept}.
     */
    public static void keep(Predicate<? super Beginning> kept) {
        Beginning.keep(kept);
    }

    /** From now on {@code listener} is told of each exception that nobody has caught, on the thread that it ends. */
    public static void listenToUncaught(Consumer<? super Throwable> listener) {
        uncaught = listener;
    }

    /**
     * What began for {@code owner}, may still be there and was not settled. It began in a task or callback of the
     * owner, or on a thread that the owner started.
     */
    public static List<Beginning> of(Owner owner) {
        Beginnings known = register;
        return known == null ? List.of() : known.of(owner);
    }

    /** Takes what {@code owner} made and only the garbage collector ended, since the last call. */
    public static List<Beginning> takeCollected(Owner owner) {
        Beginnings known = register;
        return known == null ? List.of() : known.takeCollected(owner);
    }

    /** The start of a thread; null if it belongs to nobody. */
    public static @Nullable Beginning of(Thread thread) {
        Beginnings known = register;
        return known == null ? null : known.of(thread);
    }

    /** Where an executor was made; null if it belongs to nobody. */
    public static @Nullable Beginning ofExecutor(Object executor) {
        Beginnings known = register;
        return known == null ? null : known.ofExecutor(executor);
    }

    /** Whether what began there was not handed on or forgotten since. */
    public static boolean isThere(Beginning beginning) {
        Beginnings known = register;
        return known != null && known.has(beginning);
    }

    /** The owners with something that was not settled. */
    public static Set<Owner> owners() {
        Beginnings known = register;
        return known == null ? Set.of() : known.owners();
    }

    /** Settles what began for {@code owner}: its account is closed, and all of it has been judged. */
    public static void settle(Owner owner) {
        Beginnings known = register;
        if (known != null) {
            known.settle(owner);
        }
    }

    /** The beginning of what the current platform thread works for; null if that belongs to nobody. Takes no locks. */
    public static @Nullable Beginning ofCurrentThread() {
        Beginnings known = register;
        return known == null ? null : known.ofCurrentThread();
    }

    /** The owner that the current thread works for; null if it works for nobody known. Takes no locks. */
    static @Nullable Owner ownerAtWork() {
        Beginnings known = register;
        return known == null ? null : known.ownerAtWork();
    }

    /**
     * Who is charged with what the current thread makes: {@code running}, for whom a loop or an executor runs something
     * there now, or if there is none, the owner of what the thread works for. Takes no locks.
     */
    public static @Nullable Owner orOfThread(@Nullable Owner running) {
        Beginnings known = register;
        return known == null ? running : known.orOfThread(running);
    }

    /**
     * The id of the eldest thread without an owner that the current one descends from: it was started by that, perhaps
     * through others. The own id if there is none. Takes no locks.
     */
    static long eldest() {
        Beginnings known = register;
        return known == null
                ? Thread.currentThread().threadId()
                : known.elders().ofCurrentThread();
    }

    /** The current thread is the runner's: it opens or closes accounts. */
    public static void addRunner() {
        Beginnings known = register;
        if (known != null) {
            known.elders().addRunner();
        }
    }

    /** Whether the thread of that id was told to be the runner's. */
    public static boolean isRunner(long thread) {
        Beginnings known = register;
        return known != null && known.elders().isRunner(thread);
    }

    private static Beginnings install(Instrumentation instrumentation, Supplier<? extends @Nullable Owner> runningOwner)
            throws Throwable {
        Insides.open(instrumentation);
        rehearse();
        Consumer<ObjIntConsumer<Object>> listeners =
                HookTable.OF_THIS_JVM.listeners(JdkEvents.THREADS, instrumentation);
        List<Hook> missing = JdkEvents.THREADS.missing();
        boolean seesCommands = missing.stream().noneMatch(DelayedCommands::isIn);
        for (Hook each : missing) {
            if (!DelayedCommands.isIn(each) && !LooseThreads.isIn(each) && !Resource.isIn(each)) {
                throw new IllegalStateException("this JDK has no " + each);
            }
        }
        if (!missing.isEmpty() || !LooseThreads.areKnown()) {
            Log.log(
                    Level.INFO,
                    "asyncloop: some leaked virtual threads, commands, HttpClients or the like are not looked for: "
                            + "this JDK is not as it was"
                            + (missing.isEmpty() ? "" : ", and has no " + missing.getFirst()));
        }
        probe(listeners);
        Beginnings beginnings = new Beginnings(runningOwner);
        listeners.accept((told, event) -> {
            switch (event) {
                case ThreadEvents.DIES -> uncaught.accept((Throwable) told);
                case ThreadEvents.HANDED -> beginnings.handed(told);
                case ThreadEvents.MADE -> beginnings.made(told);
                case ThreadEvents.ENDED -> beginnings.ended(told);
                default -> {
                    if (seesCommands || !DelayedCommands.isOne(told)) {
                        beginnings.began(told);
                    }
                }
            }
        });
        return beginnings;
    }

    /**
     * Has every class loaded that the register needs, since it may be told of threads while classes are being loaded.
     */
    private static void rehearse() {
        Owner owner = Owner.named("rehearsal");
        AtomicReference<@Nullable Owner> running = new AtomicReference<>(owner);
        Beginnings beginnings = new Beginnings(running::get);
        beginnings.began(Thread.currentThread());
        beginnings.began(new Object());
        beginnings.began(Thread.ofVirtual().unstarted(() -> {}));
        beginnings.made(new Object());
        beginnings.made(Thread.currentThread());
        beginnings.ended(new Object());
        beginnings.ended(Thread.currentThread());
        beginnings.takeCollected(owner);
        for (Beginning beginning : beginnings.of(owner)) {
            beginning.creator();
        }
        beginnings.settle(owner);
        running.set(null);
        beginnings.began(new Object());
        beginnings.elders().starts(Thread.currentThread());
        beginnings.elders().ofCurrentThread();
    }

    private static void probe(Consumer<ObjIntConsumer<Object>> listeners) throws Exception {
        Queue<Object> told = new ConcurrentLinkedQueue<>();
        listeners.accept((thing, event) -> told.add(thing));
        boolean interrupted = Thread.interrupted(); // or the threads could not be waited for
        try {
            ensureThreadsAreTold(told);
            if (!JdkEditor.knowsThisJdk()) {
                ensureExecutorsAreTold(told);
            }
        } finally {
            listeners.accept((unheard, event) -> {});
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Lets a thread end by an exception, and checks that its start and its end are told. */
    private static void ensureThreadsAreTold(Queue<Object> told) throws InterruptedException {
        IllegalStateException uncaught = new IllegalStateException("a probe");
        Thread dying = PROBES.newThread(() -> {
            throw uncaught;
        });
        dying.setUncaughtExceptionHandler((thread, thrown) -> {});
        dying.start();
        dying.join();
        if (!told.containsAll(List.of(dying, uncaught))) {
            throw new IllegalStateException("nobody is told of a thread, or of its uncaught exception");
        }
    }

    /** Makes a class loader and an executor of each kind. Checks that they are told, and whose each thread is. */
    private static void ensureExecutorsAreTold(Queue<Object> told) throws Exception {
        try (ExecutorService pool =
                        new ThreadPoolExecutor(0, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), PROBES);
                ExecutorService forkJoin = new ForkJoinPool(1);
                ExecutorService perTask = Executors.newThreadPerTaskExecutor(PROBES);
                URLClassLoader loader = new URLClassLoader(new URL[0])) {
            if (!told.contains(loader)) {
                throw new IllegalStateException("nobody is told of a class loader");
            }
            for (ExecutorService executor : List.of(pool, forkJoin, perTask)) {
                Thread worker = executor.submit(Thread::currentThread).get();
                if (!Workers.isWorker(worker) || !Workers.worksFor(worker, executor)) {
                    throw new IllegalStateException(worker + " is not known to work for " + executor);
                }
                if (!told.containsAll(List.of(executor, worker))) {
                    throw new IllegalStateException("nobody is told of " + executor);
                }
            }
        }
    }
}
