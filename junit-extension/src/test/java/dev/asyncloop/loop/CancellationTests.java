package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** asyncio's rules for cancel, by their numbers in the reference; and how it ends the JDK's blocking calls. */
@Timeout(30)
class CancellationTests {

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final List<String> events = new ArrayList<>();

    /** Runs {@code body} up to where it waits, cancels it, and returns what it ended with. */
    private Throwable cancelled(Callable<?> body) {
        return loop.runUntilComplete(() -> {
            Task<?> task = loop.createTask(body);
            Asyncio.sleep(Duration.ZERO);
            assertThat(task).isNotDone();
            assertThat(task.cancel("enough")).isTrue();
            Throwable outcome = catchThrowable(task::await);
            assertThat(task.isCancelled()).isEqualTo(outcome instanceof CancellationException);
            return outcome;
        });
    }

    private static void assertCancelled(Throwable outcome) {
        assertThat(outcome).isInstanceOf(CancelledException.class).hasMessage("enough");
    }

    @Test
    void G01_cancel_says_whether_there_was_something_to_cancel() {
        Task<?> task = loop.createTask(() -> {});
        assertThat(task.cancel("first")).isTrue();
        assertThat(task.cancel("second")).isTrue();
        assertThat(catchThrowable(() -> loop.runUntilComplete(task))).hasMessage("second");
        assertThat(task.cancel("late")).isFalse();
        assertThat(task.cancel(true)).isTrue(); // as Future.cancel says: it is cancelled
    }

    @Test
    void G02_a_task_that_did_not_start_never_runs() {
        Task<?> task = loop.createTask(() -> events.add("never"));
        task.cancel("too early");
        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> loop.runUntilComplete(task))
                .withMessage("too early");
        assertThat(events).isEmpty();
    }

    @Test
    void G03_cancelling_a_task_cancels_what_it_awaits() {
        LoopFuture<String> awaited = loop.createFuture();
        assertCancelled(cancelled(awaited::await));
        assertThat(awaited).isCancelled();
        assertThat(catchThrowable(awaited::await)).hasMessage("enough");
    }

    @Test
    void G03_through_a_chain_of_tasks() {
        LoopFuture<String> awaited = loop.createFuture();
        Task<String> inner = loop.createTask(awaited::await);
        Task<String> middle = loop.createTask(inner::await);
        assertCancelled(cancelled(() -> {
            Asyncio.sleep(Duration.ZERO);
            return middle.await();
        }));
    }

    @Test
    void G03_also_a_stage_of_another_library() {
        CompletableFuture<String> foreign = new CompletableFuture<>();
        assertCancelled(cancelled(() -> Asyncio.await(foreign)));
        assertThat(foreign).isCancelled();
    }

    @Test
    void G04_cancelling_what_is_awaited_cancels_the_task() {
        LoopFuture<String> awaited = loop.createFuture();
        Task<String> task = loop.createTask(awaited::await);
        loop.runUntilComplete(() -> {
            Asyncio.sleep(Duration.ZERO);
            awaited.cancel("inner");
            assertThat(catchThrowable(task::await)).hasMessage("inner");
        });
        assertThat(task).isCancelled();
    }

    @Test
    void G05_a_task_may_catch_it_and_return() {
        assertThat(cancelled(() -> {
                    try {
                        Asyncio.sleep(Duration.ofHours(1));
                    } catch (CancelledException caught) {
                        events.add(caught.getMessage());
                    }
                    return "normally";
                }))
                .isNull();
        assertThat(events).containsExactly("enough");
    }

    @Test
    @Tag("scheduler")
    void G05_also_out_of_a_blocking_call() {
        assertThat(cancelled(() -> {
                    try {
                        Thread.sleep(Duration.ofHours(1));
                    } catch (InterruptedException caught) {
                        events.add("interrupted");
                    }
                    return "normally";
                }))
                .isNull();
        assertThat(events).containsExactly("interrupted");
    }

    @Test
    void G05_or_catch_it_and_go_on() {
        assertThat(cancelled(() -> {
                    try {
                        Asyncio.sleep(Duration.ofHours(1));
                    } catch (CancelledException ignored) {
                        events.add("ignored");
                    }
                    Asyncio.sleep(Duration.ofMillis(1));
                    Thread.sleep(1);
                    return events.add("went on");
                }))
                .isNull();
        assertThat(events).containsExactly("ignored", "went on");
    }

    @Test
    void G06_a_task_that_cancels_itself_is_cancelled_at_its_next_await() {
        Task<?> task = loop.createTask(() -> {
            Asyncio.currentTask().cancel("myself");
            events.add("goes on");
            Asyncio.sleep(Duration.ofHours(1));
            events.add("never");
        });
        assertThat(catchThrowable(() -> loop.runUntilComplete(task))).hasMessage("myself");
        assertThat(task).isCancelled();
        assertThat(events).containsExactly("goes on");
    }

    @Test
    void G06_also_by_a_sleep_of_nothing() {
        Task<?> task = loop.createTask(() -> {
            Asyncio.currentTask().cancel("myself");
            Asyncio.sleep(Duration.ZERO);
            events.add("never");
        });
        assertThat(catchThrowable(() -> loop.runUntilComplete(task))).hasMessage("myself");
        assertThat(events).isEmpty();
    }

    @Test
    void G06_at_the_end_of_its_body_it_is_cancelled_too() {
        Task<?> task = loop.createTask(() -> Asyncio.currentTask().cancel("myself"));
        assertThat(catchThrowable(() -> loop.runUntilComplete(task))).hasMessage("myself");
        assertThat(task).isCancelled();
    }

    @Test
    void G06_but_a_failure_of_its_own_comes_first() {
        IOException failure = new IOException("own");
        Task<?> task = loop.createTask(() -> {
            Asyncio.currentTask().cancel("myself");
            throw failure;
        });
        assertThat(catchThrowable(() -> loop.runUntilComplete(task))).isSameAs(failure);
        assertThat(task.isCancelled()).isFalse();
    }

    @Test
    void G07_cancelling_itself_and_awaiting_a_child_cancels_the_child() {
        LoopFuture<String> awaited = loop.createFuture();
        Task<String> child = loop.createTask(awaited::await);
        Task<String> parent = loop.createTask(() -> {
            Asyncio.currentTask().cancel("parent");
            return child.await();
        });
        assertThat(catchThrowable(() -> loop.runUntilComplete(parent))).hasMessage("parent");
        assertThat(child).isCancelled();
        assertThat(awaited).isCancelled();
    }

    @Test
    void G11_the_message_is_in_the_exception() {
        Task<?> task = loop.createTask(() -> loop.createFuture().await());
        Task<?> without = loop.createTask(() -> loop.createFuture().await());
        loop.runUntilComplete(() -> {
            Asyncio.sleep(Duration.ZERO);
            task.cancel("for a reason");
            without.cancel(true);
            assertThat(catchThrowable(task::await)).hasMessage("for a reason");
            assertThat(catchThrowable(without::await)).hasMessage(null);
        });
    }

    @Test
    void G12_another_exception_while_cancelled_is_the_outcome_of_the_task() {
        AssertionError failure = new AssertionError("while cleaning up");
        assertThat(cancelled(() -> {
                    try {
                        return loop.createFuture().await();
                    } finally {
                        fail(failure);
                    }
                }))
                .isSameAs(failure);
    }

    private static void fail(AssertionError failure) {
        throw failure;
    }

    @Test
    void G13_cancelling_who_awaits_a_gather_cancels_all_children() {
        LoopFuture<String> first = loop.createFuture();
        Task<String> second = loop.createTask(() -> loop.<String>createFuture().await());
        assertCancelled(cancelled(() -> Asyncio.gather(first, second).await()));
        assertThat(first).isCancelled();
        assertThat(second).isCancelled();
    }

    @Test
    void G13_the_gather_ends_when_all_its_children_have() { // asyncio's ends with the first: the others escape
        Task<?> slow = loop.createTask(() -> {
            try {
                Asyncio.sleep(Duration.ofHours(1));
            } finally {
                Asyncio.sleep(Duration.ofMillis(2));
                events.add("cleaned up");
            }
        });
        LoopFuture<Object> quick = loop.createFuture();
        assertCancelled(cancelled(() -> Asyncio.gather(slow, quick).await()));
        assertThat(events).containsExactly("cleaned up");
    }

    @Test
    void G13_it_is_cancelled_also_where_a_child_ignores_it() {
        Task<String> ignoring = loop.createTask(() -> {
            try {
                Asyncio.sleep(Duration.ofHours(1));
                return "never";
            } catch (CancelledException ignored) {
                return "normally";
            }
        });
        assertCancelled(cancelled(() -> Asyncio.gather(ignoring).await()));
        assertThat(ignoring.join()).isEqualTo("normally");
    }

    @Test
    void G14_a_cancelled_child_is_a_failure_of_the_gather() {
        loop.runUntilComplete(() -> {
            LoopFuture<String> child = loop.createFuture();
            LoopFuture<String> other = loop.createFuture();
            LoopFuture<?> all = Asyncio.gather(child, other);
            child.cancel("child");
            assertThat(catchThrowable(all::await)).hasMessage("child");
            assertThat(other).isNotDone();
            assertThat(all).isCancelled(); // unlike asyncio's: to CompletableFuture the exception is what makes it so
        });
    }

    @Test
    @Tag("scheduler")
    void it_interrupts_a_sleep() {
        Throwable outcome = cancelled(() -> {
            Thread.sleep(Duration.ofHours(1));
            return "never";
        });
        assertCancelled(outcome);
        assertThat(outcome).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    @Tag("scheduler")
    void it_interrupts_a_queue() {
        assertCancelled(cancelled(new LinkedBlockingQueue<String>()::take));
    }

    @Test
    @Tag("scheduler")
    void it_interrupts_a_plain_future() {
        CompletableFuture<String> foreign = new CompletableFuture<>();
        assertCancelled(cancelled(foreign::get));
        assertThat(foreign).isNotDone(); // only await() passes it on
    }

    @Test
    @Tag("scheduler")
    void it_interrupts_a_lock_that_is_to_be_interrupted() {
        ReentrantLock lock = new ReentrantLock();
        Task<?> holder = loop.createTask(() -> {
            lock.lock();
            loop.createFuture().await();
        });
        assertCancelled(cancelled(() -> {
            lock.lockInterruptibly();
            return "never";
        }));
        assertThat(holder).isNotDone();
    }

    @Test
    @Tag("scheduler")
    void it_waits_for_a_lock_that_is_not() {
        ReentrantLock lock = new ReentrantLock();
        loop.createTask(() -> {
            lock.lock();
            Asyncio.sleep(Duration.ofMillis(5));
            lock.unlock();
        });
        assertCancelled(cancelled(() -> {
            lock.lock();
            try {
                return events.add("taken");
            } finally {
                lock.unlock();
            }
        }));
        assertThat(events).containsExactly("taken");
    }

    @Test
    @Tag("scheduler")
    void G18_it_ends_a_socket_read() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            Throwable outcome = cancelled(() -> client.getInputStream().read());
            assertCancelled(outcome);
            assertThat(outcome).hasCauseInstanceOf(SocketException.class);
            assertThat(accepted.isClosed()).isFalse();
        }
    }

    @Test
    @Tag("scheduler")
    void G18_it_ends_an_accept() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertCancelled(cancelled(server::accept));
        }
    }

    @Test
    @Tag("scheduler")
    void G18_it_ends_a_channel_read() throws IOException {
        Pipe pipe = Pipe.open();
        try (Pipe.SinkChannel sink = pipe.sink();
                Pipe.SourceChannel source = pipe.source()) {
            Throwable outcome = cancelled(() -> source.read(java.nio.ByteBuffer.allocate(1)));
            assertCancelled(outcome);
            assertThat(outcome).hasCauseInstanceOf(ClosedByInterruptException.class);
            assertThat(sink.isOpen()).isTrue();
        }
    }

    @Test
    @Tag("scheduler")
    void a_failed_socket_is_a_failure_where_nobody_cancelled() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            assertThat(catchThrowable(() -> loop.runUntilComplete(() -> {
                        loop.callSoon(() -> close(client));
                        client.getInputStream().read();
                    })))
                    .isInstanceOf(SocketException.class);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void an_interruption_by_somebody_else_is_what_the_task_ends_with() {
        Task<?> task = loop.createTask(() -> {
            throw new InterruptedException("by somebody else");
        });
        assertThat(catchThrowable(() -> loop.runUntilComplete(task)))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("by somebody else");
        assertThat(task.isCancelled()).isFalse();
    }

    @Test
    void a_cancellation_after_the_result_is_there_takes_effect_at_the_next_await() {
        // asyncio throws the result away: the task sees the cancellation at the await that has it
        LoopFuture<String> future = loop.createFuture();
        Task<?> task = loop.createTask(() -> {
            events.add(future.await());
            Asyncio.sleep(Duration.ZERO);
            events.add("never");
        });
        loop.runUntilComplete(() -> {
            Asyncio.sleep(Duration.ZERO);
            future.complete("result");
            task.cancel("enough");
            assertCancelled(catchThrowable(task::await));
        });
        assertThat(events).containsExactly("result");
    }

    @Test
    void any_thread_may_cancel() {
        Task<?> task = loop.createTask(() -> {
            Task<?> me = Asyncio.currentTask();
            Thread.ofPlatform().start(() -> me.cancel("from outside"));
            loop.createFuture().await();
        });
        assertThat(catchThrowable(() -> loop.runUntilComplete(task))).hasMessage("from outside");
    }

    @Test
    @Tag("scheduler")
    void an_adopted_virtual_thread_is_interrupted() {
        loop.runUntilComplete(() -> {
            Thread adopted = Thread.startVirtualThread(() -> {
                try {
                    Thread.sleep(Duration.ofHours(1));
                } catch (InterruptedException interrupted) {
                    events.add("interrupted");
                }
            });
            Asyncio.sleep(Duration.ZERO);
            Task<?> task = LoopCores.taskOn(loop, adopted);
            assertThat(task.cancel("enough")).isTrue();
            task.await();
        });
        assertThat(events).containsExactly("interrupted");
    }

    @Test
    void awaiting_a_copy_keeps_the_cancellation_from_what_is_copied() {
        LoopFuture<String> future = loop.createFuture();
        Task<String> task = loop.createTask(() -> Asyncio.await(future.copy()));
        loop.runUntilComplete(() -> {
            Asyncio.sleep(Duration.ZERO);
            task.cancel("enough");
            Asyncio.sleep(Duration.ZERO);
        });
        assertThat(task.isCancelled()).isTrue();
        assertThat(future).isNotDone();
    }
}
