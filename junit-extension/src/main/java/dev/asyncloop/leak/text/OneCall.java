package dev.asyncloop.leak.text;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.leak.subject.Subject.PlatformThread.Role;
import dev.asyncloop.loop.snapshot.TaskKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Brings together what one call of the project's code made, such as the socket, the selectors and the threads of a
 * server: who closes the server ends them all. One thread.
 */
final class OneCall {

    /**
     * What a leak is, whatever its state.
     *
     * @param detail what tells it from others of the same kind
     */
    private record Sort(LeakKind kind, Class<?> subject, Object detail) {}

    /** Which classes are the project's, since to ask costs a look into the class path. */
    private final Map<String, Boolean> projects = new HashMap<>();

    private OneCall() {}

    /**
     * Groups entries by the call that made them, in the order of the first of each group. In a group the most telling
     * one comes first. A group has things of several sorts, or it is one entry.
     */
    static List<List<Alike>> group(List<Alike> entries) {
        Map<Object, List<Alike>> made = new LinkedHashMap<>();
        OneCall calls = new OneCall();
        for (Alike entry : entries) {
            List<StackTraceElement> call = entries.size() > 1 && canShare(entry.first())
                    ? calls.callOf(entry.first().created())
                    : List.of();
            made.computeIfAbsent(call.isEmpty() ? new Object() : call, none -> new ArrayList<>())
                    .add(entry);
        }
        List<List<Alike>> groups = new ArrayList<>();
        for (List<Alike> group : made.values()) {
            if (group.stream().map(entry -> sort(entry.first())).distinct().count() > 1) {
                group.sort(Comparator.comparing(entry -> rank(entry.first()))); // stable
                groups.add(group);
            } else {
                group.forEach(entry -> groups.add(List.of(entry)));
            }
        }
        return groups;
    }

    /** What a leak is, whatever its state: equal for two sockets, and not for a socket and a thread. */
    static Object sort(Leak leak) {
        Object detail = switch (leak.subject()) {
            case Subject.Task task -> task.kind();
            case Subject.PlatformThread thread -> thread.role();
            case Subject.Executor executor -> executor.type();
            case Subject.Resource resource -> resource.sort();
            case Subject.Descriptors open ->
                isServer(open) ? "server" : open.target().sort().split(" \\(|,", 2)[0];
            default -> "";
        };
        return new Sort(leak.kind(), leak.subject().getClass(), detail);
    }

    /** Whether such a thing may be a part of something that has other parts. */
    private static boolean canShare(Leak leak) {
        return switch (leak.kind()) {
            case FILE_DESCRIPTOR, PLATFORM_THREAD, EXECUTOR, GARBAGE_COLLECTED -> true;
            case PENDING_TASK -> leak.subject() instanceof Subject.Task task && task.kind() == TaskKind.VIRTUAL_THREAD;
            default -> false;
        };
    }

    /** The place in the order of what tells most about the whole. */
    private static int rank(Leak leak) {
        return switch (leak.subject()) {
            case Subject.Descriptors open when isServer(open) -> 0;
            case Subject.Executor executor -> 1;
            case Subject.PlatformThread thread
            when thread.role() == Role.HTTP_CLIENT || thread.role() == Role.TIMER -> 2;
            case Subject.Descriptors open when open.composite() -> 4; // such as a selector
            case Subject.Collected collected -> 5;
            default -> 3;
        };
    }

    private static boolean isServer(Subject.Descriptors open) {
        return open.target().sort().toLowerCase(Locale.ROOT).contains("listen");
    }

    /**
     * The stack from the line on that made the thing; empty if no line of the project did. What an object makes in its
     * constructor, also by methods of its own, was made by the line that made the object.
     */
    private List<StackTraceElement> callOf(List<StackTraceElement> stack) {
        int origin = 0;
        while (origin < stack.size() && !isProject(stack, origin)) {
            origin++;
        }
        int made = origin;
        for (int at = origin;
                isProject(stack, at + 1)
                        && (isConstructor(stack.get(at))
                                || outermost(stack.get(at + 1)).equals(outermost(stack.get(origin))));
                at++) {
            if (isConstructor(stack.get(at))) {
                made = at + 1;
            }
        }
        return stack.subList(made, stack.size());
    }

    private static boolean isConstructor(StackTraceElement frame) {
        return frame.getMethodName().equals("<init>");
    }

    /** The name of the class that {@code frame}'s is nested in, or its own. */
    private static String outermost(StackTraceElement frame) {
        return frame.getClassName().split("\\$", 2)[0];
    }

    private boolean isProject(List<StackTraceElement> stack, int index) {
        return index < stack.size()
                && projects.computeIfAbsent(
                        stack.get(index).getClassName(), name -> ProjectCode.isInFolder(stack.get(index)));
    }
}
