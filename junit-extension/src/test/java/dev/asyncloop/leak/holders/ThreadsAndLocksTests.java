package dev.asyncloop.leak.holders;

import static dev.asyncloop.leak.holders.Asking.NOBODY;
import static dev.asyncloop.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What waits for a lock is not held by it; a pool holds its threads, and a thread what it runs. */
@Timeout(60)
class ThreadsAndLocksTests {

    private static final String HELD = "OF_CLASS STATIC any";

    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        Statics.any = null;
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
    }

    static class Statics {
        static Object any;
    }

    private static String whoHolds(Object thing, Object any) {
        Statics.any = any;
        return Asking.in(Statics.class).who(thing);
    }

    /** A thread that waits, now, in {@code work}. */
    private Thread waiting(Callable<?> work) {
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                work.call();
            } catch (Exception interrupted) {
                // it is to end
            }
        });
        threads.add(thread);
        eventually("it waits", () -> thread.getState() == Thread.State.WAITING);
        return thread;
    }

    private static Void sleep() throws InterruptedException {
        new CountDownLatch(1).await();
        return null;
    }

    static Stream<Arguments> places() {
        CountDownLatch latch = new CountDownLatch(1);
        LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
        SynchronousQueue<Object> handOver = new SynchronousQueue<>();
        SynchronousQueue<Object> fair = new SynchronousQueue<>(true);
        LinkedTransferQueue<Object> transfer = new LinkedTransferQueue<>();
        CompletableFuture<Object> future = new CompletableFuture<>();
        FutureTask<Object> awaited = new FutureTask<>(() -> "");
        Phaser phaser = new Phaser(2);
        Exchanger<Object> exchanger = new Exchanger<>();
        return Stream.of(
                place(latch, () -> {
                    latch.await();
                    return "";
                }),
                place(queue, queue::take),
                place(handOver, handOver::take),
                place(fair, fair::take),
                place(transfer, transfer::take),
                place(future, future::get),
                place(awaited, awaited::get),
                place(phaser, () -> phaser.awaitAdvanceInterruptibly(phaser.arrive())),
                place(exchanger, () -> exchanger.exchange("")));
    }

    private static Arguments place(Object place, Callable<?> wait) {
        return Arguments.of(place.getClass().getSimpleName(), place, wait);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void a_thread_is_not_held_by_what_it_waits_for(String name, Object place, Callable<?> wait) {
        assertThat(whoHolds(waiting(wait), place)).isEqualTo(NOBODY);
    }

    @Test
    void a_thread_is_not_held_by_its_locks() {
        ReentrantLock lock = new ReentrantLock();
        ReentrantReadWriteLock readWrite = new ReentrantReadWriteLock();
        Thread owner = waiting(() -> {
            lock.lock();
            readWrite.readLock().lock();
            return sleep();
        });
        assertThat(whoHolds(owner, lock)).isEqualTo(NOBODY);
        assertThat(whoHolds(owner, readWrite)).isEqualTo(NOBODY);
        StampedLock stamped = new StampedLock();
        assertThat(stamped.writeLock()).isNotZero();
        assertThat(whoHolds(waiting(stamped::readLockInterruptibly), stamped)).isEqualTo(NOBODY);
    }

    @Test
    void a_thread_is_not_held_by_the_job_that_it_does() {
        FutureTask<Void> job = new FutureTask<>(ThreadsAndLocksTests::sleep);
        Thread thread = waiting(() -> {
            job.run();
            return "";
        });
        assertThat(whoHolds(thread, job)).isEqualTo(NOBODY);
    }

    @Test
    void pools_and_timers_hold_their_threads() throws Exception {
        for (ExecutorService pool : List.of(Executors.newFixedThreadPool(1), new ForkJoinPool(1))) {
            Thread worker = pool.submit(Thread::currentThread).get();
            assertThat(whoHolds(worker, pool)).isEqualTo(HELD);
            pool.shutdownNow();
            assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        Timer timer = new Timer("timer");
        Thread ofTimer = Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals("timer"))
                .findFirst()
                .orElseThrow();
        assertThat(whoHolds(ofTimer, timer)).isEqualTo(HELD);
        timer.cancel();
    }

    static class Kept extends Thread {
        final Object kept = new Object();
    }

    static class Group extends ThreadGroup {
        final Object kept = new Object();

        Group() {
            super("group");
        }
    }

    private static void use(Object thing) {
        assertThat(thing).isNotNull();
    }

    @Test
    void a_thread_holds_what_it_runs_and_its_own_fields_and_nothing_else() throws Exception {
        Object thing = new StringBuilder();
        assertThat(whoHolds(thing, new Thread(() -> use(thing)))).isEqualTo(HELD);
        Kept kept = new Kept();
        assertThat(whoHolds(kept.kept, kept)).isEqualTo(HELD);
        Group group = new Group();
        assertThat(whoHolds(group.kept, new Thread(group, () -> {}))).isEqualTo(NOBODY);
        Thread handles = new Thread();
        handles.setUncaughtExceptionHandler((thread, thrown) -> use(thing));
        assertThat(whoHolds(thing, handles)).isEqualTo(NOBODY);
    }

    @Test
    void a_virtual_thread_holds_nothing() throws Exception {
        Object thing = new StringBuilder();
        CountDownLatch started = new CountDownLatch(1);
        Thread virtual = Thread.startVirtualThread(() -> {
            started.countDown();
            LockSupport.park();
            use(thing);
        });
        started.await();
        eventually("it waits", () -> virtual.getState() == Thread.State.WAITING);
        assertThat(whoHolds(thing, virtual)).isEqualTo(NOBODY);
        LockSupport.unpark(virtual);
        virtual.join();
    }
}
