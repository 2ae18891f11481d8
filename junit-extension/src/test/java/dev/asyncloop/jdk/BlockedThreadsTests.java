package dev.asyncloop.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is read out of the stack of a thread that stands in the JDK. */
@Timeout(60)
class BlockedThreadsTests {

    private interface Blocking {
        void run() throws Exception;
    }

    @Test
    void the_call_is_the_method_that_the_user_called() throws Exception {
        Thread thread = suspendedIn(() -> new LinkedBlockingQueue<>().take());
        StackTraceElement call = BlockedThreads.call(thread);
        assertThat(call).isNotNull();
        assertThat(call.getClassName()).isEqualTo(LinkedBlockingQueue.class.getName());
        assertThat(call.getMethodName()).isEqualTo("take");
        end(thread);
    }

    @Test
    void a_thread_in_code_of_its_own_is_in_no_call() throws InterruptedException {
        AtomicBoolean enough = new AtomicBoolean();
        Thread thread = Thread.ofPlatform().start(() -> spin(enough));
        while (!isSpinning(thread)) {
            Thread.onSpinWait();
        }
        assertThat(BlockedThreads.call(thread)).isNull();
        enough.set(true);
        thread.join();
    }

    private static void spin(AtomicBoolean enough) {
        for (long i = 0; i >= 0; i++) {
            if (i % 100_000_000 == 0 && enough.get()) {
                return;
            }
        }
    }

    private static boolean isSpinning(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0 && stack[0].getMethodName().equals("spin");
    }

    @Test
    void who_sleeps_or_reads_from_a_socket_is_woken_from_outside() throws Exception {
        Thread sleeping = suspendedIn(() -> Thread.sleep(100_000));
        assertThat(BlockedThreads.waitsOutside(sleeping, Void.class)).isTrue();
        end(sleeping);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            Thread reading = suspendedIn(() -> client.getInputStream().read());
            assertThat(BlockedThreads.waitsOutside(reading, Void.class)).isTrue();
            end(reading);
        }
    }

    @Test
    void who_accepts_or_takes_from_a_queue_waits_for_nobody_in_particular() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread accepting = suspendedIn(server::accept);
            assertThat(BlockedThreads.waitsOutside(accepting, Void.class)).isFalse();
            end(accepting);
        }
        Thread taking = suspendedIn(() -> new LinkedBlockingQueue<>().take());
        assertThat(BlockedThreads.waitsOutside(taking, Void.class)).isFalse();
        end(taking);
    }

    @Test
    void a_future_is_completed_from_outside_unless_it_is_one_of_the_own() throws Exception {
        CompletableFuture<Object> future = new CompletableFuture<>();
        Thread joining = suspendedIn(() -> join(future));
        assertThat(BlockedThreads.waitsOutside(joining, Void.class)).isTrue();
        assertThat(BlockedThreads.waitsOutside(joining, BlockedThreadsTests.class))
                .isFalse();
        future.complete("done");
        joining.join();
    }

    private static void join(CompletableFuture<Object> future) {
        future.join();
    }

    @Test
    void a_thread_whose_handler_is_told_of_what_nobody_caught_is_dying() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        AtomicBoolean enough = new AtomicBoolean();
        Thread thread = Thread.ofPlatform()
                .uncaughtExceptionHandler((dying, thrown) -> {
                    told.countDown();
                    while (!enough.get()) {
                        LockSupport.park();
                    }
                })
                .start(() -> {
                    throw new IllegalStateException("nobody catches it");
                });
        told.await();
        assertThat(BlockedThreads.isDying(thread)).isTrue();
        enough.set(true);
        LockSupport.unpark(thread);
        assertThat(BlockedThreads.isDying(Thread.currentThread())).isFalse();
        thread.join();
    }

    /** A virtual thread that has got there. */
    private static Thread suspendedIn(Blocking action) {
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                action.run();
            } catch (Exception enough) {
                // as the test has it
            }
        });
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    private static void end(Thread thread) throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
