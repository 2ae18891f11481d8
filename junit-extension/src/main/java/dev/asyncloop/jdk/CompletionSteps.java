package dev.asyncloop.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletableFuture.AsynchronousCompletionTask;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the steps of {@code CompletableFuture}: which future a step completes, which others that completes
 * in turn, and which waiting threads it wakes. Any thread; a snapshot.
 *
 * <p>A thread that waits for such a future has an object of the JDK as its blocker, and that stands among the steps
 * that wait for the same future. There is no way from the blocker to the future.
 */
public final class CompletionSteps {

    private static final String AROUND = CompletableFuture.class.getName() + "$";

    /** The blocker of a thread that waits. */
    private static final String SIGNALLER = AROUND + "Signaller";

    /** Stands for a step that waits for two futures, at the second of them. */
    private static final String STAND_IN = AROUND + "CoCompletion";

    /**
     * The steps that complete a future: those of {@code runAsync}, {@code supplyAsync}, {@code anyOf}, and all others.
     */
    private static final List<String> STEPS = List.of("AsyncRun", "AsyncSupply", "AnyOf", "UniCompletion");

    /** The steps of which several can complete the same future. */
    private static final Set<String> EITHER =
            Set.of(AROUND + "OrApply", AROUND + "OrAccept", AROUND + "OrRun", AROUND + "AnyOf");

    private final Map<Class<?>, MethodHandle> futures = new HashMap<>();
    private final MethodHandle firstStep;
    private final MethodHandle nextStep;
    private final MethodHandle standsFor;

    private CompletionSteps() throws ReflectiveOperationException {
        MethodHandles.Lookup inside = MethodHandles.privateLookupIn(CompletableFuture.class, MethodHandles.lookup());
        Class<?> completion = Class.forName(AROUND + "Completion");
        for (String name : STEPS) {
            Class<?> step = Class.forName(AROUND + name);
            futures.put(step, getter(inside, step, "dep", CompletableFuture.class, CompletableFuture.class));
        }
        firstStep = getter(inside, CompletableFuture.class, "stack", completion, Object.class);
        nextStep = getter(inside, completion, "next", completion, Object.class);
        Class<?> both = Class.forName(AROUND + "BiCompletion");
        standsFor = getter(inside, Class.forName(STAND_IN), "base", both, Object.class);
    }

    private static MethodHandle getter(
            MethodHandles.Lookup inside, Class<?> type, String field, Class<?> fieldType, Class<?> as)
            throws ReflectiveOperationException {
        return inside.findGetter(type, field, fieldType).asType(MethodType.methodType(as, Object.class));
    }

    /** Made when the first step is looked at. */
    private static final class OfThisJdk {

        /** Null if the JDK is closed to us, or unknown. */
        static final @Nullable CompletionSteps INSTANCE = open();

        private static @Nullable CompletionSteps open() {
            try {
                return new CompletionSteps();
            } catch (ReflectiveOperationException unknown) {
                return null;
            }
        }
    }

    /** Whether {@code blocker} is that of a thread that waits for a {@code CompletableFuture}. */
    public static boolean isSignaller(@Nullable Object blocker) {
        return blocker != null && blocker.getClass().getName().equals(SIGNALLER);
    }

    /** The future that a step completes; null if it is no step, or has begun: it forgets its future then. */
    public static @Nullable CompletableFuture<?> futureOf(Object step) {
        if (!(step instanceof AsynchronousCompletionTask)) {
            return null;
        }
        CompletionSteps jdk = OfThisJdk.INSTANCE;
        return jdk == null ? null : jdk.future(step);
    }

    /** Whether {@code step} is a step that will do nothing: its future is done, such as one that was cancelled. */
    static boolean isInVain(Object step) {
        CompletionSteps jdk = step instanceof AsynchronousCompletionTask ? OfThisJdk.INSTANCE : null;
        if (jdk == null || jdk.futures.keySet().stream().noneMatch(type -> type.isInstance(step))) {
            return false;
        }
        CompletableFuture<?> completed = jdk.future(step);
        return completed == null || completed.isDone();
    }

    /**
     * What waits for {@code first}: itself, the futures that are completed when it is, and the blockers of the threads
     * that wait for one of them; each with whether it cannot come otherwise, as long as nobody completes a future by
     * hand. Empty if it is done.
     *
     * @param most how many are looked for
     */
    public static Map<Object, Boolean> after(CompletableFuture<?> first, int most) {
        Map<Object, Boolean> after = new IdentityHashMap<>();
        CompletionSteps jdk = OfThisJdk.INSTANCE;
        if (jdk == null || first.isDone()) {
            return after;
        }
        after.put(first, true);
        Deque<CompletableFuture<?>> open = new ArrayDeque<>(List.of(first));
        int left = most;
        for (CompletableFuture<?> from = open.poll(); from != null; from = open.poll()) {
            boolean only = after.getOrDefault(from, false);
            for (Object each = jdk.read(jdk.firstStep, from);
                    each != null && left-- > 0;
                    each = jdk.read(jdk.nextStep, each)) {
                if (isSignaller(each)) {
                    after.put(each, only);
                    continue;
                }
                Object meant = each.getClass().getName().equals(STAND_IN) ? jdk.read(jdk.standsFor, each) : each;
                CompletableFuture<?> next = meant == null ? null : jdk.future(meant);
                if (meant != null && next != null && !next.isDone() && !after.containsKey(next)) {
                    after.put(next, only && !EITHER.contains(meant.getClass().getName()));
                    open.add(next);
                }
            }
        }
        return after;
    }

    private @Nullable CompletableFuture<?> future(Object step) {
        for (Map.Entry<Class<?>, MethodHandle> known : futures.entrySet()) {
            if (known.getKey().isInstance(step)) {
                try {
                    return (@Nullable CompletableFuture<?>) known.getValue().invokeExact(step);
                } catch (Throwable thrown) {
                    throw Sneaky.rethrow(thrown);
                }
            }
        }
        return null;
    }

    private @Nullable Object read(MethodHandle field, Object object) {
        try {
            return (@Nullable Object) field.invokeExact(object);
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }
}
