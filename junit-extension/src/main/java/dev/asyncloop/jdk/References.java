package dev.asyncloop.jdk;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.Selector;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which references of the JDK's objects hold something, for whoever searches for the holder of a thing. The others
 * lead to what only happens to be there: all that waits for a lock, all that is registered to be cleaned up. Any
 * thread.
 */
public final class References {

    /** The classes whose objects lead to everything, or keep what is garbage. Most of them only save work. */
    private static final Set<String> CLOSED = Set.of(
            "java.lang.Module",
            "java.lang.ModuleLayer",
            "java.lang.Package",
            "java.lang.NamedPackage",
            "java.lang.ThreadGroup",
            "java.lang.Class$ReflectionData",
            "java.lang.ref.Finalizer",
            "java.lang.ref.ReferenceQueue",
            "java.lang.ref.Cleaner",
            "jdk.internal.ref.CleanerImpl",
            "java.security.ProtectionDomain",
            "java.security.AccessControlContext");

    private static final Set<String> CLOSED_PACKAGES = Set.of(
            "com.sun.jmx.",
            "java.lang.invoke.",
            "java.lang.module.",
            "java.lang.reflect.",
            "java.util.logging.",
            "javax.management.",
            "jdk.internal.loader.",
            "jdk.internal.module.",
            "jdk.internal.ref.CleanerImpl$",
            "jdk.internal.reflect.",
            "sun.reflect.");

    /** What a selector watches. A channel is the user's, not its selector's. */
    private static final Set<String> WATCHED = Set.of(
            "fdToKey",
            "keys",
            "selectedKeys",
            "publicKeys",
            "publicSelectedKeys",
            "newKeys",
            "updateKeys",
            "cancelledKeys");

    /** The fields that have the number of a descriptor without an object of its own, by their class. */
    private static final Map<String, String> NUMBERS = Map.of(
            "sun.nio.ch.EPollSelectorImpl", "epfd",
            "sun.nio.ch.EPollPort", "epfd",
            "sun.nio.fs.LinuxWatchService$Poller", "ifd");

    /** Says of a poller of the JDK whether it was closed. */
    private static final String CLOSED_FLAG = "shutdown";

    private References() {}

    /** Whether a class is the JDK's. */
    public static boolean isJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    /** Whether the search ends at objects of that class. */
    public static boolean endAt(Class<?> type) {
        return PhantomReference.class.isAssignableFrom(type)
                || ClassLoader.class.isAssignableFrom(type) // a loader is everybody's context
                || isJdk(type) && isClosed(type.getName());
    }

    private static boolean isClosed(String type) {
        if (CLOSED.contains(type)) {
            return true;
        }
        for (String each : CLOSED_PACKAGES) {
            if (type.startsWith(each)) {
                return true;
            }
        }
        return false;
    }

    /** Whether objects of that class are the values of thread-locals. */
    public static boolean isOfThreadLocals(Class<?> type) {
        return type.getName().startsWith("java.lang.ThreadLocal$");
    }

    /** Whether the field has the thread-locals of a thread. */
    public static boolean isThreadLocals(Field field) {
        return field.getDeclaringClass() == Thread.class && field.getName().endsWith("hreadLocals");
    }

    /** Whether a class of the JDK holds, for its user, what that field refers to. */
    public static boolean hold(Field field) {
        Class<?> type = field.getDeclaringClass();
        String name = field.getName();
        if (type == Thread.class) {
            return name.equals("holder");
        }
        if (type == Reference.class || type == ClassLoader.class) {
            return false; // a soft or weak reference holds nothing
        }
        if (type == Throwable.class) {
            return !name.equals("backtrace") && !name.equals("stackTrace");
        }
        return switch (type.getName()) {
            case "java.lang.Thread$FieldHolder" -> name.equals("task");
            case "java.lang.VirtualThread" -> false;
            case "java.nio.channels.spi.AbstractSelector" -> !name.equals("cancelledKeys");
            case "java.util.concurrent.ThreadPoolExecutor$Worker" -> true;
            default ->
                !(field.getType() == Thread.class && type.getName().startsWith("java.util.concurrent."))
                        && !(type.getName().startsWith("sun.nio.ch.") && WATCHED.contains(name));
        };
    }

    /** Whether an object that has a number in such a field has not been closed: then the number is still its own. */
    public static boolean isOpen(Object numbered) {
        if (numbered instanceof Selector selector) {
            return selector.isOpen();
        }
        if (numbered instanceof AsynchronousChannelGroup group) {
            return !group.isTerminated();
        }
        for (Class<?> each = numbered.getClass(); each != null; each = each.getSuperclass()) {
            for (Field field : ObjectFields.declaredBy(each)) {
                if (field.getName().equals(CLOSED_FLAG) && field.getType() == boolean.class) {
                    return !ObjectFields.flag(numbered, ObjectFields.offsetOf(field));
                }
            }
        }
        return true;
    }

    /** The field of that class that has the number of a descriptor without an object of its own; null if none has. */
    public static @Nullable String numberField(Class<?> type) {
        return NUMBERS.get(type.getName());
    }
}
