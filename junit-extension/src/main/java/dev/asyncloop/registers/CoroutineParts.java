package dev.asyncloop.registers;

import dev.asyncloop.jdk.ObjectFields;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way from a part of a coroutine, which kotlinx dispatches, delays and resumes, to the coroutine itself: each
 * object on it has a field for the next. Any thread.
 *
 * <p>The hooks ask for it while the user's threads work, so that it reads fields and calls nothing.
 */
final class CoroutineParts {

    private static final String DELAY = "kotlinx.coroutines.EventLoopImplBase$DelayedResumeTask";

    /** What a suspending function goes on by. */
    private static final String FRAME = "kotlin.coroutines.jvm.internal.BaseContinuationImpl";

    /** The field that leads on, by the class that declares it; a bar is before its older name. */
    private static final Map<String, String> LEADING_ON = Map.of(
            DELAY,
            "cont",
            "kotlinx.coroutines.CancellableContinuationImpl",
            "delegate",
            "kotlinx.coroutines.internal.DispatchedContinuation",
            "continuation",
            FRAME,
            "completion",
            "kotlinx.coroutines.flow.internal.SafeCollector",
            "completion_|completion",
            "kotlinx.coroutines.internal.ScopeCoroutine",
            "uCont",
            "kotlin.coroutines.SafeContinuation",
            "delegate",
            "kotlinx.coroutines.debug.internal.DebugProbesImpl$CoroutineOwner",
            "delegate");

    private static final String COROUTINE = "kotlinx.coroutines.AbstractCoroutine";

    /** No coroutine is made of more, or it is in the middle of something that nobody should wait for. */
    private static final int MOST = 1_000;

    private static final long NOWHERE = -1;

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    /** What is known of a class. */
    private record Shape(long leadingOn, boolean isCoroutine, boolean isFrame, long due) {

        static Shape of(Class<?> type) {
            long leadingOn = NOWHERE;
            boolean isCoroutine = false;
            boolean isFrame = false;
            long due = NOWHERE;
            for (Class<?> each = type; each != null; each = each.getSuperclass()) {
                String field = LEADING_ON.get(each.getName());
                if (field != null && leadingOn == NOWHERE) {
                    leadingOn = offset(each, field);
                }
                isCoroutine |= each.getName().equals(COROUTINE);
                isFrame |= each.getName().equals(FRAME);
            }
            if (type.getName().equals(DELAY)) {
                due = offset(type.getSuperclass(), "nanoTime");
            }
            return new Shape(leadingOn, isCoroutine, isFrame, due);
        }

        private static long offset(Class<?> type, String name) {
            for (Field field : ObjectFields.declaredBy(type)) {
                if (List.of(name.split("\\|")).contains(field.getName())) {
                    return ObjectFields.offsetOf(field);
                }
            }
            return NOWHERE;
        }
    }

    private CoroutineParts() {}

    /**
     * The first that {@code known} returns of the coroutines that a part is of, from the innermost; null if it returns
     * none.
     */
    static <T> @Nullable T find(@Nullable Object part, Function<Object, ? extends @Nullable T> known) {
        Object at = part;
        for (int i = 0; at != null && i < MOST; i++) {
            Shape shape = SHAPES.get(at.getClass());
            T found = shape.isCoroutine ? known.apply(at) : null;
            if (found != null) {
                return found;
            }
            at = shape.leadingOn == NOWHERE ? null : ObjectFields.reference(at, shape.leadingOn);
        }
        return null;
    }

    /** The suspending functions by which a part goes on, from the innermost. */
    static List<Object> frames(@Nullable Object part) {
        List<Object> frames = new ArrayList<>();
        Object at = part;
        for (int i = 0; at != null && i < MOST; i++) {
            Shape shape = SHAPES.get(at.getClass());
            if (shape.isFrame) {
                frames.add(at);
            }
            at = shape.leadingOn == NOWHERE ? null : ObjectFields.reference(at, shape.leadingOn);
        }
        return frames;
    }

    /**
     * The line at which a suspending function goes on, as the compiler noted it for those who debug; null if it did
     * not.
     */
    static @Nullable StackTraceElement line(Object frame) {
        Class<?> type = frame.getClass();
        while (!type.getName().equals(FRAME)) {
            type = type.getSuperclass();
        }
        try {
            return (@Nullable StackTraceElement)
                    type.getMethod("getStackTraceElement").invoke(frame);
        } catch (ReflectiveOperationException unknown) {
            return null;
        }
    }

    /** In how many nanoseconds a part goes on by itself; 0 if it is not delayed. */
    static long delayNanos(Object part) {
        long due = SHAPES.get(part.getClass()).due;
        return due == NOWHERE ? 0 : Math.max(0, ObjectFields.longNumber(part, due) - System.nanoTime());
    }
}
