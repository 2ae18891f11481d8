package dev.asyncloop.samples.zoo;

import static dev.asyncloop.leak.LeakKind.PENDING_JOB;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.jvm.functions.Function2;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineScope;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ExecutorsKt;
import kotlinx.coroutines.GlobalScope;
import kotlinx.coroutines.Job;

/** Coroutines of the global scope, which has no end. The default dispatcher may have two threads only: one is left busy. */
final class CoroutineJobWing extends Wing {

    CoroutineJobWing() {
        show("launch", PENDING_JOB, () -> Work.given(work -> launch(Dispatchers.getDefault(), running(work))));
        show(
                "launch on Dispatchers.IO",
                PENDING_JOB,
                () -> Work.given(work -> launch(Dispatchers.getIO(), running(work))));
        show("launch on a pool", PENDING_JOB, () -> Work.given(work -> launch(on(JobWing.POOL), running(work))));
        show("async", PENDING_JOB, () -> Work.given(work -> async(Dispatchers.getIO(), running(work))));
        show("delay", PENDING_JOB, () -> cancelling(launch(Dispatchers.getDefault(), sleeping(Duration.ofHours(1)))));
        show("delay on a pool", PENDING_JOB, () -> cancelling(launch(on(JobWing.POOL), sleeping(Duration.ofHours(1)))));
        showClean(
                "delay that is over soon",
                () -> joining(launch(Dispatchers.getDefault(), sleeping(Duration.ofMillis(1)))));
    }

    private static CoroutineContext on(ExecutorService pool) {
        return ExecutorsKt.from(pool);
    }

    private static Job launch(
            CoroutineContext context, Function2<CoroutineScope, Continuation<? super Unit>, Object> body) {
        return BuildersKt.launch(GlobalScope.INSTANCE, context, CoroutineStart.DEFAULT, body); // leaks
    }

    private static Job async(
            CoroutineContext context, Function2<CoroutineScope, Continuation<? super Unit>, Object> body) {
        return BuildersKt.async(GlobalScope.INSTANCE, context, CoroutineStart.DEFAULT, body); // leaks
    }

    private static Function2<CoroutineScope, Continuation<? super Unit>, Object> running(Work work) {
        return (scope, then) -> {
            work.run();
            return Unit.INSTANCE;
        };
    }

    private static Function2<CoroutineScope, Continuation<? super Unit>, Object> sleeping(Duration time) {
        return (scope, then) -> DelayKt.delay(time.toMillis(), then);
    }

    private static AutoCloseable cancelling(Job coroutine) {
        return () -> {
            coroutine.cancel(null);
            joining(coroutine).close();
        };
    }

    private static AutoCloseable joining(Job coroutine) {
        return () -> BuildersKt.runBlocking(Dispatchers.getUnconfined(), (scope, then) -> coroutine.join(then));
    }
}
