package dev.asyncloop.samples.coroutines;

import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineDispatcher;
import kotlinx.coroutines.CoroutineScope;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.GlobalScope;
import kotlinx.coroutines.Job;
import org.jspecify.annotations.Nullable;

/** Launches coroutines as Kotlin does it. Run, it leaves one that is due in an hour. */
public final class Launches implements Runnable {

    private static final long HOUR_MILLIS = 3_600_000;

    /** The body of a coroutine. */
    interface Body {

        /** Returns its result, or what says that it is suspended and goes on by {@code then}. */
        @Nullable
        Object run(Continuation<? super Unit> then) throws Exception;
    }

    static Job launch(CoroutineDispatcher dispatcher, Body body) {
        return launch(GlobalScope.INSTANCE, dispatcher, CoroutineStart.DEFAULT, body);
    }

    static Job launch(CoroutineScope scope, CoroutineDispatcher dispatcher, CoroutineStart start, Body body) {
        return BuildersKt.launch(scope, dispatcher, start, (itself, then) -> {
            try {
                return body.run(then);
            } catch (Exception thrown) {
                throw new IllegalStateException(thrown);
            }
        });
    }

    static @Nullable Object anHour(Continuation<? super Unit> then) {
        return DelayKt.delay(HOUR_MILLIS, then);
    }

    @Override
    public void run() {
        launch(Dispatchers.getDefault(), Launches::anHour);
    }
}
