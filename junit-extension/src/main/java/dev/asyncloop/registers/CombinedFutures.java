package dev.asyncloop.registers;

import dev.asyncloop.agent.HookTable;
import dev.asyncloop.agent.JdkAccess;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells which futures {@code CompletableFuture.allOf} and {@code anyOf} look at. Those methods read a future that is
 * done without calling any method of it.
 *
 * <p>It works from {@link #install} on, if the JVM lets us edit the JDK: with {@code -javaagent}, or attached to
 * ourselves. Any thread.
 */
public final class CombinedFutures {

    private static volatile @Nullable Consumer<Object> listener;
    private static volatile boolean seen;
    private static boolean refused; // under the class's monitor

    private CombinedFutures() {}

    /** Whether it tells of each such future. */
    public static boolean areSeen() {
        return seen;
    }

    /** Sets who is told of each future that is about to be looked at. The listener must not throw. */
    public static void listen(Consumer<Object> told) {
        listener = told;
    }

    /** Begins to tell of them, once. Never throws; returns whether it tells of them. */
    public static synchronized boolean install() {
        if (seen || refused) {
            return seen;
        }
        Instrumentation instrumentation = JdkAccess.instrumentation();
        if (instrumentation == null) {
            return false; // not refused: one may be attached yet
        }
        try {
            listen(instrumentation);
            seen = true;
        } catch (Throwable unknownJdk) {
            refused = true;
            Log.log(Level.INFO, "asyncloop: task exceptions are logged, and fail no test: " + unknownJdk);
        }
        return seen;
    }

    private static void listen(Instrumentation instrumentation) throws Throwable {
        Consumer<Object> forward = future -> {
            JobOrigins.looked(future);
            Consumer<Object> told = CombinedFutures.listener;
            if (told != null) {
                told.accept(future);
            }
        };
        HookTable.OF_THIS_JVM.listeners(JdkEvents.FUTURES, instrumentation).accept(forward);
        CompletableFuture.completedFuture(null); // loads it, so that it is known whether it was edited
        if (!JdkEvents.FUTURES.missing().isEmpty()) {
            throw new IllegalStateException("CompletableFuture.allOf is not as it was");
        }
    }
}
