package dev.asyncloop.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.testing.LeftOpen;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What jobs failed with stays until somebody looks, whichever way they look. */
@Timeout(60)
class JobFailuresTests {

    @RegisterExtension
    static final LeftOpen HOOKS = new LeftOpen();

    private static final ExecutorService POOL = Executors.newFixedThreadPool(2);

    private final Owner owner = Owner.named("body");

    @BeforeEach
    void begin() {
        CurrentOwner.begin(owner);
    }

    @AfterEach
    void end() {
        CurrentOwner.end();
        JobOrigins.takeFailures(owner);
    }

    @AfterAll
    static void shut_down() {
        POOL.shutdownNow();
    }

    private static <T> T fail() {
        throw new IllegalStateException("apples");
    }

    /** Waits until it is done, which is no look. */
    private static <F extends Future<?>> F done(F future) {
        while (!future.isDone()) {
            Thread.onSpinWait();
        }
        return future;
    }

    private static CompletableFuture<String> failed() {
        return done(CompletableFuture.supplyAsync(JobFailuresTests::fail, POOL));
    }

    private static Named<Callable<Future<?>>> kind(String name, Callable<Future<?>> giver) {
        return Named.of(name, giver);
    }

    static Stream<Named<Callable<Future<?>>>> kinds() {
        return Stream.of(
                kind("CompletableFuture", () -> CompletableFuture.supplyAsync(JobFailuresTests::fail, POOL)),
                kind("FutureTask", () -> POOL.submit((Callable<?>) JobFailuresTests::fail)),
                kind(
                        "ForkJoinTask of a Callable",
                        () -> ForkJoinPool.commonPool().submit((Callable<?>) JobFailuresTests::fail)),
                kind(
                        "ForkJoinTask of a Runnable",
                        () -> ForkJoinPool.commonPool().submit((Runnable) JobFailuresTests::fail)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void it_stays_while_nobody_looks(Callable<Future<?>> giver) throws Exception {
        done(giver.call());
        assertThat(JobOrigins.takeFailures(owner))
                .singleElement()
                .satisfies(failure -> assertThat(failure.thrown()).hasMessage("apples"));
        assertThat(JobOrigins.takeFailures(owner)).isEmpty();
    }

    private interface Look<F> {
        @Nullable
        Object at(F future) throws Exception;
    }

    /** Some looks throw what they see. */
    private static <F> void look(Look<F> look, F future) {
        try {
            Object unused = look.at(future);
        } catch (Exception seen) {
            assertThat(seen).isNotInstanceOf(InterruptedException.class);
        }
    }

    private static <F> Named<Look<F>> look(String name, Look<F> look) {
        return Named.of(name, look);
    }

    private static Stream<Named<Look<Future<?>>>> looks() {
        return Stream.of(
                look("get", Future::get),
                look("get with a time-out", future -> future.get(1, TimeUnit.SECONDS)),
                look("resultNow", Future::resultNow),
                look("exceptionNow", Future::exceptionNow),
                look("state", Future::state));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void it_goes_when_somebody_looks_at_a_future(Look<Future<?>> look) throws Exception {
        for (Named<Callable<Future<?>>> kind : (Iterable<Named<Callable<Future<?>>>>) kinds()::iterator) {
            Future<?> future = done(kind.getPayload().call());
            look(look, future);
            assertThat(JobOrigins.takeFailures(owner)).as(kind.getName()).isEmpty();
        }
    }

    private static Stream<Named<Look<CompletableFuture<String>>>> looksAtStages() {
        CompletableFuture<String> pears = CompletableFuture.completedFuture("pears");
        CompletableFuture<String> never = new CompletableFuture<>();
        BiFunction<Object, Object, String> both = (one, two) -> "both";
        return Stream.of(
                look("join", CompletableFuture::join),
                look("getNow", future -> future.getNow("")),
                look("isCompletedExceptionally", CompletableFuture::isCompletedExceptionally),
                look("thenApply", future -> future.thenApply(String::length)),
                look("thenApplyAsync", future -> future.thenApplyAsync(String::length)),
                look("thenAccept", future -> future.thenAccept(result -> {})),
                look("thenRun", future -> future.thenRun(() -> {})),
                look("thenCompose", future -> future.thenCompose(result -> pears)),
                look("whenComplete", future -> future.whenComplete((result, thrown) -> {})),
                look("handle", future -> future.handle((result, thrown) -> "handled")),
                look("exceptionally", future -> future.exceptionally(thrown -> "handled")),
                look("exceptionallyCompose", future -> future.exceptionallyCompose(thrown -> pears)),
                look("thenCombine", future -> future.thenCombine(pears, both)),
                look("thenAcceptBoth", future -> future.thenAcceptBoth(pears, (one, two) -> {})),
                look("runAfterBoth", future -> future.runAfterBoth(pears, () -> {})),
                look("applyToEither", future -> future.applyToEither(never, String::length)),
                look("acceptEither", future -> future.acceptEither(never, result -> {})),
                look("runAfterEither", future -> future.runAfterEither(never, () -> {})),
                look("thenCombine, as the other", future -> pears.thenCombine(future, both)),
                look("applyToEither, as the other", future -> never.applyToEither(future, String::length)),
                look("thenCompose, as the result", future -> pears.thenCompose(result -> future)),
                look("copy", CompletableFuture::copy),
                look("minimalCompletionStage", CompletableFuture::minimalCompletionStage),
                look("allOf", future -> CompletableFuture.allOf(pears, future)),
                look("allOf of one", future -> CompletableFuture.allOf(future)),
                look("anyOf", future -> CompletableFuture.anyOf(never, future)),
                look("anyOf of one", future -> CompletableFuture.anyOf(future)));
    }

    @ParameterizedTest
    @MethodSource("looksAtStages")
    void it_goes_when_somebody_looks_at_a_stage(Look<CompletableFuture<String>> look) {
        CompletableFuture<String> future = failed();
        look(look, future);
        assertThat(JobOrigins.takeFailures(owner)).isEmpty();
    }

    private static Stream<Named<Look<ForkJoinTask<?>>>> looksAtForks() {
        return Stream.of(
                look("join", ForkJoinTask::join),
                look("invoke", ForkJoinTask::invoke),
                look("getException", ForkJoinTask::getException),
                look("isCompletedAbnormally", ForkJoinTask::isCompletedAbnormally),
                look("isCompletedNormally", ForkJoinTask::isCompletedNormally));
    }

    @ParameterizedTest
    @MethodSource("looksAtForks")
    void it_goes_when_somebody_looks_at_a_task_of_forks(Look<ForkJoinTask<?>> look) {
        ForkJoinTask<?> task = done(ForkJoinPool.commonPool().submit((Callable<?>) JobFailuresTests::fail));
        look(look, task);
        assertThat(JobOrigins.takeFailures(owner)).isEmpty();
    }

    @SuppressWarnings("serial") // nobody serialises it
    private static final class Halves extends RecursiveAction {
        private final int depth;

        Halves(int depth) {
            this.depth = depth;
        }

        @Override
        protected void compute() {
            if (depth == 0) {
                fail();
            }
            invokeAll(new Halves(depth - 1), new Halves(depth - 1));
        }
    }

    @Test
    void parts_of_one_job_that_fails_are_not_told_beside_it() {
        assertThat(catchThrowable(() -> IntStream.range(0, 10_000).parallel().forEach(each -> fail())))
                .isInstanceOf(IllegalStateException.class);
        assertThat(catchThrowable(() -> ForkJoinPool.commonPool().invoke(new Halves(5))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(JobOrigins.takeFailures(owner)).isEmpty();
    }

    /** Whoever lets a stage depend on a future looks at it, though its job fails while the stage is being made. */
    @Test
    void one_is_looked_at_that_fails_while_a_stage_is_made_of_it() {
        for (int i = 0; i < 50_000; i++) {
            done(CompletableFuture.supplyAsync(JobFailuresTests::fail, POOL).whenComplete((value, thrown) -> {}));
            assertThat(JobOrigins.takeFailures(owner)).isEmpty();
        }
    }

    /** A look at the only one ends at the moment at which another job fails. */
    @Test
    void none_is_hidden_by_a_look_at_another_in_the_same_moment() throws Exception {
        JobFailures failures = new JobFailures();
        GivenJobs othersJobs = new GivenJobs(() -> Owner.named("other"));
        AtomicBoolean over = new AtomicBoolean();
        Future<?> other = POOL.submit(() -> {
            while (!over.get()) {
                failures.looked(fail(failures, othersJobs));
            }
        });
        GivenJobs jobs = new GivenJobs(() -> owner);
        for (int i = 0; i < 200_000 && !other.isDone(); i++) {
            fail(failures, jobs);
            assertThat(failures.take(owner).size()).isEqualTo(1);
        }
        over.set(true);
        other.get();
    }

    /** The current thread does a job that fails. */
    private static CompletableFuture<?> fail(JobFailures failures, GivenJobs jobs) {
        CompletableFuture<?> future = new CompletableFuture<>();
        jobs.given(future, null);
        jobs.begun(future);
        failures.failed(future, new IllegalStateException("apples"), jobs);
        jobs.ended(future);
        return future;
    }
}
