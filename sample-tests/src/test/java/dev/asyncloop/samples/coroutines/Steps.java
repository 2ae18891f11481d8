package dev.asyncloop.samples.coroutines;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.ContinuationImpl;
import org.jspecify.annotations.Nullable;

/** A body that is suspended several times, as Kotlin's compiler makes one. */
@SuppressWarnings("serial") // nobody serialises it
final class Steps extends ContinuationImpl {

    /** A part up to where it may be suspended. */
    interface Step {

        @Nullable
        Object run(Continuation<? super Unit> then) throws Exception;
    }

    private static final Object SUSPENDED = IntrinsicsKt.getCOROUTINE_SUSPENDED();

    private final transient Iterator<Step> steps;

    private Steps(Continuation<? super Unit> then, Iterator<Step> steps) {
        super(asOfAnything(then));
        this.steps = steps;
    }

    @SuppressWarnings("unchecked") // which erases to the same
    private static Continuation<Object> asOfAnything(Continuation<? super Unit> then) {
        return (Continuation<Object>) (Continuation<?>) then;
    }

    static Launches.Body of(Step... steps) {
        return then -> new Steps(then, List.of(steps).iterator()).invokeSuspend(Unit.INSTANCE);
    }

    static Launches.Body endless(Supplier<Step> step) {
        return then -> new Steps(then, Stream.generate(step).iterator()).invokeSuspend(Unit.INSTANCE);
    }

    @Override
    protected @Nullable Object invokeSuspend(Object resumed) {
        while (steps.hasNext()) {
            try {
                if (steps.next().run(asOfUnit()) == SUSPENDED) {
                    return SUSPENDED;
                }
            } catch (Exception thrown) {
                throw new IllegalStateException(thrown);
            }
        }
        return Unit.INSTANCE;
    }

    @SuppressWarnings("unchecked") // which erases to the same
    private Continuation<Unit> asOfUnit() {
        return (Continuation<Unit>) (Continuation<?>) this;
    }

    /** The compiler notes the lines for those who debug. */
    @Override
    public StackTraceElement getStackTraceElement() {
        return new StackTraceElement("orders.Poller", "poll", "Poller.kt", 7);
    }
}
