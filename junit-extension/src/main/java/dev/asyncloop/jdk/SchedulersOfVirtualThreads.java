package dev.asyncloop.jdk;

import dev.asyncloop.agent.JdkAccess;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * Tells the executors by which the JDK runs and wakes virtual threads from those of users. They are found once, after
 * the JDK was opened. Any thread.
 */
public final class SchedulersOfVirtualThreads {

    private static final String[] HOMES = {"java.lang.VirtualThread", "java.lang.VirtualThread$DelayedTaskSchedulers"};

    private static final Set<Object> ALL = find();

    private SchedulersOfVirtualThreads() {}

    /** Whether {@code pool} is one of them; if it is null, whether the current thread works for one. */
    public static boolean contain(@Nullable Object pool) {
        return ALL.contains(pool)
                || Thread.currentThread() instanceof ForkJoinWorkerThread worker && ALL.contains(worker.getPool());
    }

    private static Set<Object> find() {
        Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
        for (String home : HOMES) {
            try {
                for (Field field : Class.forName(home).getDeclaredFields()) {
                    addTo(found, field);
                }
            } catch (ClassNotFoundException otherJdk) {
                continue; // which has them in the other class
            } catch (IllegalAccessException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return found;
    }

    private static void addTo(Set<Object> found, Field field) throws IllegalAccessException {
        if (!Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
            return;
        }
        switch (JdkAccess.accessible(field).get(null)) {
            case Executor executor -> found.add(executor);
            case Executor[] executors -> Collections.addAll(found, executors);
            case null, default -> {}
        }
    }
}
