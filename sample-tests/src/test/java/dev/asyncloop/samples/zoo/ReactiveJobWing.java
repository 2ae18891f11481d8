package dev.asyncloop.samples.zoo;

import static dev.asyncloop.leak.LeakKind.PENDING_JOB;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What is subscribed to and never disposed of, on schedulers that all share or on an older pool. */
final class ReactiveJobWing extends Wing {

    ReactiveJobWing() {
        show(
                "Reactor's boundedElastic",
                PENDING_JOB,
                () -> Work.given(work -> elastic().schedule(work)));
        show("Reactor's delayed task", PENDING_JOB, () -> disposing(elastic().schedule(() -> {}, 1, HOURS)));
        show(
                "Reactor's periodic task",
                PENDING_JOB,
                () -> disposing(single().schedulePeriodically(() -> {}, 0, 5, MILLISECONDS)));
        show(
                "Reactor's interval",
                PENDING_JOB,
                () -> disposing(Flux.interval(Duration.ofMillis(5)).subscribe(tick -> {})));
        show(
                "Reactor's delay",
                PENDING_JOB,
                () -> disposing(Mono.delay(Duration.ofHours(1)).subscribe(tick -> {})));
        show(
                "Reactor's subscribeOn",
                PENDING_JOB,
                () -> Work.given(
                        work -> Mono.fromCallable(work).subscribeOn(elastic()).subscribe()));
        show(
                "Reactor on a pool",
                PENDING_JOB,
                () -> Work.given(work ->
                        Mono.fromRunnable(work).subscribeOn(on(JobWing.POOL)).subscribe()));
        show(
                "Reactor's fromFuture",
                PENDING_JOB,
                () -> Work.given(work -> Mono.fromFuture(() -> CompletableFuture.runAsync(work, JobWing.POOL))
                        .subscribe()));
        show(
                "RxJava's io",
                PENDING_JOB,
                () -> Work.given(work -> Schedulers.io().scheduleDirect(work)));
        show(
                "RxJava's interval",
                PENDING_JOB,
                () -> disposing(Flowable.interval(5, MILLISECONDS).subscribe(tick -> {})));
        show(
                "RxJava's timer",
                PENDING_JOB,
                () -> disposing(Single.timer(1, HOURS).subscribe(tick -> {})));
        show(
                "RxJava on a pool",
                PENDING_JOB,
                () -> Work.given(work -> Single.fromCallable(work)
                        .subscribeOn(Schedulers.from(JobWing.POOL))
                        .subscribe()));
        show(
                "Mutiny",
                PENDING_JOB,
                () -> Work.given(work -> Uni.createFrom()
                        .item(work::call)
                        .runSubscriptionOn(JobWing.POOL)
                        .subscribe()
                        .with(done -> {})));
        show(
                "Mutiny's delay",
                PENDING_JOB,
                () -> cancelling(Uni.createFrom()
                        .item(42)
                        .onItem()
                        .delayIt()
                        .onExecutor(JobWing.CLOCK)
                        .by(Duration.ofHours(1))
                        .subscribe()
                        .with(done -> {})));
    }

    private static Scheduler elastic() {
        return reactor.core.scheduler.Schedulers.boundedElastic();
    }

    private static Scheduler single() {
        return reactor.core.scheduler.Schedulers.single();
    }

    private static Scheduler on(ExecutorService pool) {
        return reactor.core.scheduler.Schedulers.fromExecutor(pool);
    }

    private static AutoCloseable disposing(Disposable task) {
        return task::dispose;
    }

    private static AutoCloseable disposing(io.reactivex.rxjava3.disposables.Disposable task) {
        return task::dispose;
    }

    private static AutoCloseable cancelling(Cancellable subscription) {
        return subscription::cancel;
    }
}
