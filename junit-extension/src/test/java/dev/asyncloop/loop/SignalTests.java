package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.asyncloop.loop.core.CoroutineKind;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.testing.FreshJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Signals on a loop. WINCH does nothing to a JVM, so that the tests survive it; what INT and TERM do is seen in JVMs of their own. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class SignalTests {

    private static final String OPEN = "--add-opens=java.base/java.lang=ALL-UNNAMED";
    private static final String REASON = "the system keeps it, or the JVM does (as with -Xrs)";

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    private final List<String> events = new ArrayList<>();

    private void raiseAndWait(EventLoop where, LoopFuture<?> heard) {
        SignalPrograms.raise("WINCH");
        where.runUntilComplete(heard);
    }

    private LoopFuture<String> handle(EventLoop where) {
        LoopFuture<String> heard = where.createFuture();
        where.addSignalHandler("WINCH", () -> {
            assertThat(where.core().isLoopThread()).isTrue();
            heard.complete("heard");
        });
        return heard;
    }

    @Test
    void a_signal_calls_back_on_the_loop_until_it_is_removed() throws Exception {
        FreshJvm.Result result = FreshJvm.run(SignalPrograms.Handling.class, OPEN);
        assertThat(result.output().lines())
                .as(result.error())
                .containsExactly(
                        "got INT on the loop: true",
                        "got INT on the loop: true",
                        "got SIGTERM on the loop: true",
                        "removed: true, false",
                        "heard 3");
        assertThat(result.exitCode()).isEqualTo(128 + 15);
    }

    @Test
    void a_removed_signal_does_what_it_did_before() throws Exception {
        FreshJvm.Result result = FreshJvm.run(SignalPrograms.Removing.class, OPEN);
        assertThat(result.output().lines()).as(result.error()).containsExactly("removed: true");
        assertThat(result.exitCode()).isEqualTo(128 + 2);
    }

    @Test
    void a_signal_wakes_a_loop_that_waits_for_nothing_else() {
        LoopFuture<String> heard = handle(loop);
        loop.callSoon(() -> SignalPrograms.raise("WINCH"));
        assertThat(loop.<String>runUntilComplete(heard)).isEqualTo("heard");
    }

    @Test
    void an_exception_of_a_handler_is_reported_with_the_handler() {
        LoopFuture<ExceptionContext> reported = loop.createFuture();
        loop.setExceptionHandler((where, context) -> reported.complete(context));
        IllegalStateException thrown = new IllegalStateException("in a signal handler");
        loop.addSignalHandler("WINCH", () -> {
            throw thrown;
        });
        raiseAndWait(loop, reported);
        assertThat(reported.join().exception()).isSameAs(thrown);
        assertThat(reported.join().subject()).isInstanceOf(Handle.class);
    }

    @Test
    void it_belongs_to_whom_it_was_added_by() {
        Owner owner = Owner.named("mine");
        LoopFuture<Owner> charged = loop.createFuture();
        Task<?> task = Task.of(loop.core().start(CoroutineKind.TASK, "adds", owner, () -> {
            loop.addSignalHandler("WINCH", () -> charged.complete(loop.core().currentOwner()));
            return null;
        }));
        loop.runUntilComplete(task);
        raiseAndWait(loop, charged);
        assertThat(charged.join()).isSameAs(owner);
    }

    @Test
    void the_last_loop_that_handles_a_signal_gets_it() {
        LoopFuture<String> mine = handle(loop);
        try (EventLoop other = EventLoop.create()) {
            LoopFuture<String> theirs = handle(other);
            raiseAndWait(other, theirs);
            assertThat(mine).isNotDone();
        }
        raiseAndWait(loop, mine); // from the loop that was closed
    }

    @Test
    void one_below_the_last_can_go_too() {
        try (EventLoop other = EventLoop.create()) {
            handle(loop);
            LoopFuture<String> theirs = handle(other);
            assertThat(loop.removeSignalHandler("WINCH")).isTrue();
            raiseAndWait(other, theirs);
        }
    }

    @Test
    void a_later_handler_replaces_an_earlier_one() {
        try (EventLoop other = EventLoop.create()) {
            LoopFuture<String> theirs = handle(other);
            LoopFuture<String> first = handle(loop);
            LoopFuture<String> second = handle(loop);
            raiseAndWait(loop, second);
            assertThat(first).isNotDone();
            assertThat(loop.removeSignalHandler("WINCH")).isTrue();
            assertThat(loop.removeSignalHandler("SIGWINCH")).isFalse();
            raiseAndWait(other, theirs);
        }
    }

    @Test
    void a_name_that_is_no_signal_is_refused() {
        String message = "there is no signal CTRL-C; name it as kill -l does, such as INT or TERM";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loop.addSignalHandler("CTRL-C", () -> {}))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loop.removeSignalHandler("CTRL-C"))
                .withMessage(message);
        assertThatNullPointerException()
                .isThrownBy(() -> loop.addSignalHandler(null, () -> {}))
                .withMessage("signal");
        assertThatNullPointerException()
                .isThrownBy(() -> loop.addSignalHandler("INT", null))
                .withMessage("callback");
        assertThatNullPointerException()
                .isThrownBy(() -> loop.removeSignalHandler(null))
                .withMessage("signal");
    }

    @Test
    void a_signal_that_cannot_be_caught_is_refused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> loop.addSignalHandler("KILL", () -> {}))
                .withMessage("signal KILL cannot be caught: " + REASON);
        assertThat(loop.removeSignalHandler("KILL")).isFalse();
    }

    @Test
    void another_thread_is_refused_while_the_loop_runs() {
        String message = "Non-thread-safe operation invoked on an event loop other than the current one; from another"
                + " thread use callSoonThreadsafe";
        loop.runUntilComplete(() -> {
            Thread foreign = Thread.ofPlatform().start(() -> {
                assertThatIllegalStateException()
                        .isThrownBy(() -> loop.addSignalHandler("WINCH", () -> {}))
                        .withMessage(message);
                assertThatIllegalStateException()
                        .isThrownBy(() -> loop.removeSignalHandler("WINCH"))
                        .withMessage(message);
                events.add("refused");
            });
            while (foreign.isAlive()) {
                Asyncio.sleep(Duration.ofMillis(1));
            }
        });
        assertThat(events).containsExactly("refused");
    }

    @Test
    void C03_a_closed_loop_handles_no_signals() {
        loop.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> loop.addSignalHandler("WINCH", () -> {}))
                .withMessage("Event loop is closed");
        assertThat(loop.removeSignalHandler("WINCH")).isFalse();
    }

    @Test
    void C10_close_gives_the_signals_back() {
        EventLoop other = EventLoop.create();
        LoopFuture<String> mine = handle(loop);
        LoopFuture<String> theirs = handle(other);
        other.close();
        assertThat(other.removeSignalHandler("WINCH")).isFalse();
        raiseAndWait(loop, mine);
        assertThat(theirs).isNotDone();
    }

    @Test
    void H18_the_first_ctrl_c_cancels_the_main_task_and_is_an_interruption_and_the_second_is_the_jvms()
            throws Exception {
        FreshJvm.Result result = FreshJvm.run(SignalPrograms.Interrupted.class, OPEN);
        assertThat(result.output().lines())
                .as(result.error())
                .containsExactly(
                        "java.lang.InterruptedException: interrupted by Ctrl-C, caused by"
                                + " dev.asyncloop.loop.CancelledException: interrupted by Ctrl-C",
                        "awaited future cancelled: true",
                        "asked to end: interrupted by Ctrl-C");
        assertThat(result.exitCode()).isEqualTo(128 + 2);
    }

    @Test
    void H19_what_else_ended_the_main_task_comes_out_as_it_is() throws Exception {
        FreshJvm.Result result = FreshJvm.run(SignalPrograms.Outcomes.class, OPEN);
        assertThat(result.output().lines())
                .as(result.error())
                .containsExactly(
                        "dev.asyncloop.loop.CancelledException: interrupted by Ctrl-C", // not an interruption,
                        "cleaned up",
                        "undisturbed",
                        "the program's own");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void H20_it_works_without_signals_too() throws Exception {
        FreshJvm.Result result = FreshJvm.run(SignalPrograms.Without.class, OPEN, "-Xrs");
        assertThat(result.output().lines())
                .as(result.error())
                .containsExactly("signal INT cannot be caught: " + REASON, "still works");
        result = FreshJvm.run(
                SignalPrograms.Without.class,
                OPEN,
                "--limit-modules=java.instrument,java.logging,java.management,jdk.attach,jdk.management");
        assertThat(result.output().lines())
                .as(result.error())
                .containsExactly(
                        "signal INT cannot be caught: the module jdk.unsupported is missing, add it by --add-modules"
                                + " jdk.unsupported",
                        "still works");
    }
}
