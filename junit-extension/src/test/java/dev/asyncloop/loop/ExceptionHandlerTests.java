package dev.asyncloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.asyncloop.loop.snapshot.TaskSnapshot;
import dev.asyncloop.testing.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is told what nobody can catch. */
@Timeout(60)
class ExceptionHandlerTests {

    @AutoClose
    private final EventLoop loop = EventLoop.create();

    @AutoClose
    private final LogCapture log = LogCapture.start();

    private final List<ExceptionContext> reported = new ArrayList<>();
    private final IllegalStateException thrown = new IllegalStateException("in a callback");

    private void turn() {
        loop.stop();
        loop.runForever();
    }

    /** A callback that fails, with a name. */
    private final class Failing implements Runnable {
        @Override
        public void run() {
            throw thrown;
        }

        @Override
        public String toString() {
            return "named";
        }
    }

    /** What fails to say what it is. */
    private static final class Nameless implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("in a callback");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("in toString");
        }
    }

    @Test
    void B16_the_default_handler_logs_what_and_about_what_and_the_loop_runs_on() {
        loop.callSoon(new Failing());
        LoopFuture<String> next = loop.createFuture();
        loop.callSoon(() -> next.complete("next"));
        turn();
        assertThat(next).isCompletedWithValue("next");
        LogRecord record = log.next();
        assertThat(record.getLevel()).isEqualTo(Level.SEVERE);
        assertThat(record.getMessage()).isEqualTo("Exception in callback named\nhandle: <Handle named>");
        assertThat(record.getThrown()).isSameAs(thrown);
    }

    @Test
    void B16_also_of_a_timer_and_of_a_done_callback() {
        loop.setExceptionHandler((where, context) -> reported.add(context));
        LoopFuture<String> done = loop.createFuture();
        done.addDoneCallback(new java.util.function.Consumer<LoopFuture<String>>() {
            @Override
            public void accept(LoopFuture<String> future) {
                throw thrown;
            }

            @Override
            public String toString() {
                return "done callback";
            }
        });
        done.complete("done");
        TimerHandle timer = loop.callLater(Duration.ZERO, new Failing());
        turn();
        assertThat(reported)
                .extracting(ExceptionContext::message)
                .containsExactly("Exception in callback done callback", "Exception in callback named");
        assertThat(reported.get(1).subject()).isSameAs(timer).hasToString("<TimerHandle named>");
    }

    @Test
    void B16_also_where_the_callback_cannot_say_its_name() {
        loop.setExceptionHandler((where, context) -> reported.add(context));
        loop.callSoon(new Nameless());
        turn();
        assertThat(reported)
                .extracting(ExceptionContext::message)
                .containsExactly("Exception in callback " + Nameless.class.getName());
    }

    @Test
    void B17_a_handler_gets_the_loop_and_a_context() {
        ExceptionHandler handler = (where, context) -> {
            assertThat(where).isSameAs(loop);
            assertThat(loop.core().isLoopThread()).isTrue();
            reported.add(context);
        };
        loop.setExceptionHandler(handler);
        assertThat(loop.exceptionHandler()).isSameAs(handler);
        Handle handle = loop.callSoon(new Failing());
        turn();
        assertThat(reported).containsExactly(new ExceptionContext("Exception in callback named", thrown, handle));
        assertThat(reported.get(0).created()).isEmpty();
        assertThat(log.isEmpty()).isTrue();
    }

    @Test
    void B17_in_debug_mode_with_the_lines_that_created_the_handle() {
        loop.setExceptionHandler((where, context) -> reported.add(context));
        loop.setDebug(true);
        int line = Lines.here() + 1;
        Handle handle = loop.callSoon(new Failing());
        turn();
        assertThat(Lines.first(reported.get(0).created())).isEqualTo("ExceptionHandlerTests:" + line);
        assertThat(handle.toString()).matches("<Handle named, created at .*ExceptionHandlerTests.*:" + line + "\\)>");
    }

    @Test
    void B17_null_brings_the_default_back() {
        loop.setExceptionHandler((where, context) -> reported.add(context));
        loop.setExceptionHandler(null);
        assertThat(loop.exceptionHandler()).isNull();
        loop.setDebug(true);
        loop.callSoon(new Failing());
        turn();
        assertThat(reported).isEmpty();
        assertThat(log.next().getMessage())
                .matches("(?s)Exception in callback named\nhandle: <Handle named, created at .*>\nObject created at"
                        + " \\(most recent call first\\):\n\tat .*ExceptionHandlerTests.*");
    }

    @Test
    void B18_a_handler_is_one_by_its_type() { // the compiler refuses what asyncio answers with a TypeError
        assertThat(loop.exceptionHandler()).isNull();
        assertThatNullPointerException()
                .isThrownBy(() -> loop.callExceptionHandler(null))
                .withMessage("context");
        assertThatNullPointerException()
                .isThrownBy(() -> new ExceptionContext(null, thrown))
                .withMessage("message");
    }

    @Test
    void B19_a_handler_that_throws_is_logged_and_the_loop_runs_on() {
        IllegalArgumentException broken = new IllegalArgumentException("in the handler");
        loop.setExceptionHandler((where, context) -> {
            throw broken;
        });
        loop.callSoon(new Failing());
        loop.callSoon(() -> reported.add(new ExceptionContext("the next callback", null)));
        turn();
        LogRecord record = log.next();
        assertThat(record.getMessage())
                .startsWith("Unhandled error in exception handler\ncontext: ExceptionContext[message=Exception in"
                        + " callback named, exception=java.lang.IllegalStateException: in a callback, subject=<Handle"
                        + " named>]");
        assertThat(record.getThrown()).isSameAs(broken).hasSuppressedException(thrown);
        assertThat(reported).hasSize(1);
    }

    @Test
    void B19_a_handler_that_throws_on_what_it_is_told() {
        loop.setExceptionHandler((where, context) -> {
            throw thrown;
        });
        loop.callSoon(new Failing());
        turn();
        assertThat(log.next().getThrown()).isSameAs(thrown).hasNoSuppressedExceptions();
    }

    @Test
    void B19_a_default_handler_that_fails_is_logged_too() {
        loop.callExceptionHandler(new ExceptionContext("about something", thrown, new Nameless()));
        LogRecord record = log.next();
        assertThat(record.getMessage()).isEqualTo("Exception in default exception handler");
        assertThat(record.getThrown()).hasMessage("in toString");
    }

    @Test
    void B19_also_after_a_handler_that_failed() {
        loop.setExceptionHandler((where, context) -> {
            throw thrown;
        });
        loop.callExceptionHandler(new ExceptionContext("about something", null, new Nameless()));
        assertThat(log.next().getMessage())
                .isEqualTo("Exception in default exception handler while handling an unexpected error in custom"
                        + " exception handler");
    }

    @Test
    void B19_a_log_that_fails_costs_the_record_only() {
        Logger.getLogger("dev.asyncloop")
                .setFilter(
                        record -> { // which LogCapture takes away again
                            throw new IllegalStateException("in the log");
                        });
        loop.callSoon(new Failing());
        loop.callSoon(() -> reported.add(new ExceptionContext("the next callback", null)));
        turn();
        assertThat(reported).hasSize(1);
    }

    /** A test may assert in its handler. */
    @Test
    void B20_an_error_of_a_handler_leaves_the_run() {
        AssertionError error = new AssertionError("in the handler");
        loop.setExceptionHandler((where, context) -> {
            throw error;
        });
        loop.callSoon(new Failing());
        assertThatExceptionOfType(AssertionError.class).isThrownBy(this::turn).isSameAs(error);
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void a_handler_may_have_it_logged_as_well() {
        loop.setExceptionHandler((where, context) -> {
            reported.add(context);
            where.defaultExceptionHandler(context);
        });
        loop.callSoon(new Failing());
        turn();
        assertThat(reported).hasSize(1);
        assertThat(log.next().getMessage()).startsWith("Exception in callback named");
    }

    @Test
    void it_can_be_called_for_what_others_find_also_when_the_loop_is_closed() {
        LoopFuture<String> future = loop.createFuture();
        Task<?> task = loop.createTask("mine", () -> {});
        turn();
        AsyncGenerator<Integer> generator = loop.runUntilComplete(() -> AsyncGenerator.of(emitter -> {}));
        loop.close();
        loop.callExceptionHandler(new ExceptionContext("found", null));
        loop.callExceptionHandler(new ExceptionContext("found", null, future));
        loop.callExceptionHandler(new ExceptionContext("found", null, "anything"));
        loop.callExceptionHandler(new ExceptionContext("found", null, task));
        loop.callExceptionHandler(new ExceptionContext("found", null, generator));
        assertThat(log.next().getMessage()).isEqualTo("found");
        assertThat(log.next().getMessage()).isEqualTo("found\nfuture: <Future pending>");
        assertThat(log.next().getMessage()).isEqualTo("found\nsubject: anything");
        assertThat(log.next().getMessage()).startsWith("found\ntask: <task \"mine\", finished");
        assertThat(log.next().getMessage()).startsWith("found\nasyncgen: ");
    }

    @Test
    void a_context_knows_where_its_subject_was_created() {
        loop.setDebug(true);
        int line = Lines.here() + 1;
        Task<?> task = loop.createTask(() -> {});
        turn();
        assertThat(Lines.first(new ExceptionContext("x", null, task).created()))
                .isEqualTo("ExceptionHandlerTests:" + line);
        assertThat(new ExceptionContext("x", null, TaskSnapshot.of(task.coroutine())).created())
                .isEqualTo(task.createdAt());
        AsyncGenerator<Integer> generator = loop.runUntilComplete(() -> AsyncGenerator.of(emitter -> {}));
        assertThat(Lines.first(new ExceptionContext("x", null, generator).created()))
                .isEqualTo("ExceptionHandlerTests:" + (Lines.here() - 2));
        assertThat(new ExceptionContext("x", null, null).created()).isEmpty();
    }
}
