package dev.asyncloop.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Catches the signals of the process, by {@code sun.misc.Signal}.
 *
 * <p>A signal belongs to the whole process, so only the newest listener hears it. When that one is closed, the one
 * before hears the signal again; after the last one, whoever handled it at first. {@code sun.misc.Signal} is called by
 * reflection: the compiler has a warning for it that nothing can silence, and the module {@code jdk.unsupported} may be
 * missing.
 */
public final class Signals {

    /** A listener's claim to a signal. */
    public interface Subscription extends AutoCloseable {

        /** Gives the signal back. Closing twice does nothing. Any thread. */
        @Override
        void close();
    }

    /** Guarded by the class. */
    private static final Map<String, Signals> CAUGHT = new HashMap<>();

    private final String name;

    /** The listeners, the newest first. Guarded by the class. */
    private final Deque<Runnable> listeners = new ArrayDeque<>();

    private final Object ours;
    private final @Nullable Object before;

    private Signals(String name) {
        this.name = name;
        this.ours = handler();
        this.before = handle(name, ours);
    }

    /** The name of a signal without {@code SIG} in front. */
    public static String nameOf(String signal) {
        String name = signal.startsWith("SIG") ? signal.substring("SIG".length()) : signal;
        signal(name);
        return name;
    }

    /**
     * Has {@code listener} called for each signal of the name {@code name}, on a thread of the JVM. Any thread.
     *
     * @throws IllegalArgumentException if there is no such signal
     * @throws IllegalStateException if it cannot be caught
     */
    public static synchronized Subscription subscribe(String name, Runnable listener) {
        Signals caught = CAUGHT.get(name);
        if (caught == null) {
            caught = new Signals(name);
            CAUGHT.put(name, caught);
        }
        caught.listeners.addFirst(listener);
        Signals claimed = caught;
        return () -> claimed.release(listener);
    }

    /**
     * The same, but only if the JVM itself handles the signal. Does nothing if somebody else handles it, or it cannot
     * be caught.
     */
    public static synchronized Subscription subscribeUnclaimed(String name, Runnable listener) {
        if (CAUGHT.containsKey(name)) {
            return () -> {};
        }
        try {
            Subscription subscription = subscribe(name, listener);
            Signals caught = CAUGHT.get(name);
            if (caught != null && !caught.wasTheJvms()) {
                subscription.close();
            }
            return subscription;
        } catch (IllegalStateException notHere) {
            return () -> {};
        }
    }

    private boolean wasTheJvms() {
        return before == null || before.getClass().getPackageName().equals("sun.misc");
    }

    private void release(Runnable listener) {
        synchronized (Signals.class) {
            if (listeners.remove(listener) && listeners.isEmpty()) {
                CAUGHT.remove(name);
                Object present = handle(name, before);
                if (present != ours) { // somebody came after us
                    handle(name, present);
                }
            }
        }
    }

    /** On a thread of the JVM. */
    private void raised() {
        Runnable newest;
        synchronized (Signals.class) {
            newest = listeners.peekFirst();
        }
        if (newest != null) {
            newest.run();
        }
    }

    private Object handler() {
        try {
            MethodHandle raised = MethodHandles.lookup()
                    .findVirtual(Signals.class, "raised", MethodType.methodType(void.class))
                    .bindTo(this);
            return MethodHandleProxies.asInterfaceInstance(
                    type("sun.misc.SignalHandler"), MethodHandles.dropArguments(raised, 0, type("sun.misc.Signal")));
        } catch (ReflectiveOperationException missing) {
            throw cannotBeCaught(name, missing);
        }
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name);
    }

    private static Object signal(String name) {
        try {
            return type("sun.misc.Signal").getConstructor(String.class).newInstance(name);
        } catch (InvocationTargetException unknown) {
            throw new IllegalArgumentException(
                    "there is no signal " + name + "; name it as kill -l does, such as INT or TERM",
                    unknown.getCause());
        } catch (ReflectiveOperationException missing) {
            throw cannotBeCaught(name, missing);
        }
    }

    /** Sets a handler, and returns the one before. */
    private static @Nullable Object handle(String name, @Nullable Object handler) {
        Object signal = signal(name);
        try {
            return type("sun.misc.Signal")
                    .getMethod("handle", type("sun.misc.Signal"), type("sun.misc.SignalHandler"))
                    .invoke(null, signal, handler);
        } catch (InvocationTargetException refused) {
            throw cannotBeCaught(name, refused.getCause());
        } catch (ReflectiveOperationException missing) {
            throw cannotBeCaught(name, missing);
        }
    }

    private static IllegalStateException cannotBeCaught(String name, @Nullable Throwable reason) {
        String why = reason instanceof ClassNotFoundException
                ? "the module jdk.unsupported is missing, add it by --add-modules jdk.unsupported"
                : "the system keeps it, or the JVM does (as with -Xrs)";
        return new IllegalStateException("signal " + name + " cannot be caught: " + why, reason);
    }
}
