package dev.asyncloop.leak.detect;

import dev.asyncloop.jdk.ObjectFields;
import dev.asyncloop.jdk.References;
import dev.asyncloop.leak.text.ProjectCode;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.origin.trace.Frames;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.registers.Job;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Tells the jobs of the project's code from those that a library does for itself, such as tidying up. The project's are
 * those that its code gave, or that run its code or have an object of its classes to run, though a library gave them
 * for it.
 */
public final class JobsOfUsers {

    /** How far from the job such an object may be: libraries wrap what they are given, and wrap it again. */
    private static final int FARTHEST = 6;

    private static final int MOST_OBJECTS = 200;

    /** The JDK's time-outs of futures are jobs of its own. */
    private static final String OF_FUTURES = CompletableFuture.class.getName();

    private static final Set<String> CONTEXTS_OF_COROUTINES = Set.of(
            "kotlinx.coroutines.JobSupport",
            "kotlin.coroutines.CombinedContext",
            "kotlin.coroutines.AbstractCoroutineContextElement");

    private JobsOfUsers() {}

    /** Whether it is a job of the project's code. */
    public static boolean contain(Job job) {
        Object object = job.part();
        if (job.isInClassInitialiser()
                || job.isOfJdk()
                || isTimeout(job)
                || object != null && Frames.isOurs(object.getClass().getName())) {
            return false;
        }
        return job.giver().filter(ProjectCode::isInFolder).isPresent()
                || object != null && runsCodeOfProject(object)
                || isInCodeOfProject(job);
    }

    /**
     * Where a job was given, from the first line of user code on. Where a library gave it in a job of its user, where
     * that was given.
     */
    public static List<StackTraceElement> linesOf(Job job) {
        List<StackTraceElement> lines = job.fromUserCode();
        return lines.stream().anyMatch(ProjectCode::isInFolder) ? lines : job.fromUserCodeOfFirst();
    }

    /** What it runs need not be found in its object any more: the JDK's futures let go of it. */
    private static boolean isInCodeOfProject(Job job) {
        Thread worker = job.worker();
        return worker != null && hasCodeOfProject(worker.getStackTrace()) && job.worker() == worker;
    }

    /** Whether a line of the project's code is in a stack. */
    static boolean hasCodeOfProject(StackTraceElement[] stack) {
        return CallStack.userCode(List.of(stack)).stream().anyMatch(ProjectCode::isInFolder);
    }

    /** Whether it is such a job that has a thread of its own. */
    public static boolean contain(Beginning job, Thread thread) {
        return job.owner() != null
                && !job.isOfJdk()
                && (job.creator().filter(ProjectCode::isInFolder).isPresent()
                        || CallStack.userCode(List.of(thread.getStackTrace())).stream()
                                .anyMatch(ProjectCode::isInFolder));
    }

    private static boolean isTimeout(Job job) {
        return job.delayNanos() > 0
                && job.called()
                        .filter(frame -> frame.getClassName().startsWith(OF_FUTURES))
                        .isPresent();
    }

    private static boolean runsCodeOfProject(Object job) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Object> some = List.of(job);
        for (int far = 0; far < FARTHEST && !some.isEmpty() && seen.size() < MOST_OBJECTS; far++) {
            List<Object> next = new ArrayList<>();
            for (Object each : some) {
                if (seen.add(each)) {
                    if (ProjectCode.isInFolder(each.getClass())) {
                        return true;
                    }
                    addReferred(each, next);
                }
            }
            some = next;
        }
        return false;
    }

    private static void addReferred(Object object, List<Object> referred) {
        for (Class<?> each = object.getClass(); each != null && each != Object.class; each = each.getSuperclass()) {
            for (Field field : ObjectFields.declaredBy(each)) {
                if (!Modifier.isStatic(field.getModifiers())
                        && !field.getType().isPrimitive()
                        && (!References.isJdk(each) || References.hold(field))) {
                    Object value = ObjectFields.reference(object, ObjectFields.offsetOf(field));
                    if (value != null && !isMany(value)) {
                        referred.add(value);
                    }
                }
            }
        }
    }

    /** A coroutine knows its relatives, and its context is everybody's; what it runs is in its continuations. */
    private static boolean isContextOfCoroutine(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (CONTEXTS_OF_COROUTINES.contains(each.getName())) {
                return true;
            }
        }
        return false;
    }

    /** What is in a collection is not what the job runs. */
    private static boolean isMany(Object value) {
        return value instanceof Object[]
                || value instanceof Collection
                || value instanceof Map
                || value instanceof Thread
                || References.endAt(value.getClass())
                || isContextOfCoroutine(value.getClass());
    }
}
