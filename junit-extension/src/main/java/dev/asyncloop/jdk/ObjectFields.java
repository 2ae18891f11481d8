package dev.asyncloop.jdk;

import dev.asyncloop.agent.JdkAccess;
import dev.asyncloop.agent.JdkEditor;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads any field of any object, also of hidden classes and records. It runs no code of users, and initialises no
 * class. It needs the agent. Any thread.
 */
public final class ObjectFields {

    /** Looked up when they are first needed, which takes some milliseconds. */
    private static final class Handles {

        static final @Nullable Instrumentation INSTRUMENTATION = JdkAccess.instrumentation();
        static final MethodHandle DECLARED_FIELDS;
        static final MethodHandle SHOULD_BE_INITIALIZED;
        static final MethodHandle OFFSET;
        static final MethodHandle STATIC_OFFSET;
        static final MethodHandle STATIC_BASE;
        static final MethodHandle REFERENCE;
        static final MethodHandle INT;
        static final MethodHandle BOOLEAN;
        static final MethodHandle LONG;

        static {
            try {
                if (INSTRUMENTATION != null) {
                    JdkEditor.open(INSTRUMENTATION, "java.lang", "jdk.internal.misc");
                }
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                DECLARED_FIELDS = MethodHandles.privateLookupIn(Class.class, lookup)
                        .findVirtual(
                                Class.class, "getDeclaredFields0", MethodType.methodType(Field[].class, boolean.class));
                Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
                MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, lookup);
                Object unsafe = inside.findStatic(type, "getUnsafe", MethodType.methodType(type))
                        .asType(MethodType.methodType(Object.class))
                        .invokeExact();
                SHOULD_BE_INITIALIZED =
                        inside.bind(unsafe, "shouldBeInitialized", MethodType.methodType(boolean.class, Class.class));
                OFFSET = inside.bind(unsafe, "objectFieldOffset", MethodType.methodType(long.class, Field.class));
                STATIC_OFFSET =
                        inside.bind(unsafe, "staticFieldOffset", MethodType.methodType(long.class, Field.class));
                STATIC_BASE = inside.bind(unsafe, "staticFieldBase", MethodType.methodType(Object.class, Field.class));
                REFERENCE = inside.bind(
                        unsafe, "getReferenceVolatile", MethodType.methodType(Object.class, Object.class, long.class));
                BOOLEAN = inside.bind(
                        unsafe, "getBoolean", MethodType.methodType(boolean.class, Object.class, long.class));
                LONG = inside.bind(unsafe, "getLong", MethodType.methodType(long.class, Object.class, long.class));
                INT = inside.bind(unsafe, "getInt", MethodType.methodType(int.class, Object.class, long.class));
            } catch (Throwable unknownJdk) {
                throw new IllegalStateException("asyncloop does not know this JDK: " + Runtime.version(), unknownJdk);
            }
        }
    }

    private static final boolean READABLE = isReadableNow();

    private ObjectFields() {}

    /** Whether fields can be read in this JVM. The other methods may be called only then. */
    public static boolean areReadable() {
        return READABLE;
    }

    private static boolean isReadableNow() {
        try {
            return JdkAccess.instrumentation() != null && Handles.INSTRUMENTATION != null;
        } catch (LinkageError unknownJdk) {
            Log.log(Level.INFO, "asyncloop: nobody is asked who holds what is left open: " + unknownJdk.getCause());
            return false;
        }
    }

    /** All classes that are loaded now. */
    public static Class<?>[] loadedClasses() {
        Instrumentation instrumentation = Handles.INSTRUMENTATION;
        return instrumentation == null ? new Class<?>[0] : instrumentation.getAllLoadedClasses();
    }

    /** Whether the initialiser of a class was run or is running, and did not fail. */
    public static boolean isInitialised(Class<?> type) {
        try {
            return !(boolean) Handles.SHOULD_BE_INITIALIZED.invokeExact(type);
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    /** The fields that a class declares, also those that reflection hides; none if the type of one cannot be loaded. */
    public static Field[] declaredBy(Class<?> type) {
        try {
            return (Field[]) Handles.DECLARED_FIELDS.invokeExact(type, false);
        } catch (LinkageError missing) {
            return new Field[0];
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    /** Where objects have the value of a field. */
    public static long offsetOf(Field field) {
        try {
            return (long) Handles.OFFSET.invokeExact(field);
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    /** The reference that an object has at an offset. */
    public static @Nullable Object reference(Object object, long offset) {
        try {
            return (@Nullable Object) Handles.REFERENCE.invokeExact(object, offset);
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    /** The value of a static field that refers to an object. Its class must be initialised. */
    public static @Nullable Object staticReference(Field field) {
        try {
            return reference(
                    (Object) Handles.STATIC_BASE.invokeExact(field), (long) Handles.STATIC_OFFSET.invokeExact(field));
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    /** The flag that an object has at an offset. */
    public static boolean flag(Object object, long offset) {
        try {
            return (boolean) Handles.BOOLEAN.invokeExact(object, offset);
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    /** The long number that an object has at an offset. */
    public static long longNumber(Object object, long offset) {
        try {
            return (long) Handles.LONG.invokeExact(object, offset);
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    /** The number that an object has at an offset. */
    public static int number(Object object, long offset) {
        try {
            return (int) Handles.INT.invokeExact(object, offset);
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }
}
