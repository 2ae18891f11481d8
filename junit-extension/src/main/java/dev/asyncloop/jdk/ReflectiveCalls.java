package dev.asyncloop.jdk;

import dev.asyncloop.agent.JdkAccess;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Tells whether a method was called by reflection. Any thread. */
public final class ReflectiveCalls {

    private ReflectiveCalls() {}

    /** Made when somebody first asks. */
    private static final class Accessor {

        /** Reads what a method is called by, which the JDK makes with the first call; null on a JDK without it. */
        private static final @Nullable MethodHandle GETTER = getter();

        private static @Nullable MethodHandle getter() {
            try {
                JdkAccess.ensureOpen();
                return MethodHandles.lookup()
                        .unreflect(JdkAccess.accessible(Method.class.getDeclaredMethod("getMethodAccessor")))
                        .asType(MethodType.methodType(Object.class, Method.class));
            } catch (ReflectiveOperationException | RuntimeException closed) {
                return null;
            }
        }
    }

    /** Whether {@code method} was called through this very object. False as well where that cannot be known. */
    public static boolean wereMade(Method method) {
        MethodHandle getter = Accessor.GETTER;
        if (getter == null) {
            return false;
        }
        try {
            return getter.invokeExact(method) != null;
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }
}
