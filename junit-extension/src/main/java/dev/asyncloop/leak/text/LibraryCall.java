package dev.asyncloop.leak.text;

import dev.asyncloop.text.TypeNames;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The call by which the project's code had a library make something, and the type of the library's client or server
 * that this is for. Loads classes, but initialises none and calls nothing of theirs.
 *
 * @param type the client's or server's type
 * @param line the project's line
 * @param how what that line did with it, such as {@code made}
 */
record LibraryCall(Class<?> type, StackTraceElement line, String how) {

    private static final String CONSTRUCTOR = "<init>";

    /** Names of methods that give what they make to their caller, whatever that is. */
    private static final Pattern MAKER = Pattern.compile("(build|create|make|new)(?![a-z]).*");

    /** Names of methods that do so if what they return can be closed. */
    private static final Pattern OPENER =
            Pattern.compile("(build|create|make|new|open|connect|get|start|run|launch|bind|listen)(?![a-z]).*");

    /** The call into a library that the stack shows; null if the project's own code made the thing, or none is seen. */
    static @Nullable LibraryCall in(List<StackTraceElement> created) {
        for (int index = 0; index < created.size(); index++) {
            if (ProjectCode.isInFolder(created.get(index))) {
                return index == 0 ? null : of(created.subList(0, index), created.get(index));
            }
        }
        return null;
    }

    private static @Nullable LibraryCall of(List<StackTraceElement> inside, StackTraceElement line) {
        try {
            return new Reader(inside).read(line);
        } catch (LinkageError | RuntimeException unreadable) { // what a class refers to may be missing
            return null;
        }
    }

    /** The type and who did what with it, such as {@code RestTemplate that OrderTests.java:5 made}. */
    String what() {
        return TypeNames.of(type) + doneBy();
    }

    /** Who did what with it. */
    String doneBy() {
        String file = line.getFileName();
        String type = line.getClassName().substring(line.getClassName().lastIndexOf('.') + 1);
        return " that " + (file == null ? type : file + ":" + line.getLineNumber()) + " " + how;
    }

    /** Whether that type can be closed. */
    boolean isClosable() {
        return Closers.of(type) != null;
    }

    /** The frames inside of the project's line. One thread. */
    private static final class Reader {

        private final List<StackTraceElement> frames;
        private final List<Class<?>> types = new ArrayList<>();

        /** Reads the frames from the outermost inwards, as far as they are of one object's classes. */
        Reader(List<StackTraceElement> inside) {
            this.frames = inside.reversed();
            for (StackTraceElement frame : frames) {
                Class<?> type = load(frame.getClassName());
                if (type == null || !types.isEmpty() && !isRelated(type, types.getFirst())) {
                    return;
                }
                types.add(type);
            }
        }

        private static boolean isRelated(Class<?> one, Class<?> other) {
            return one.isAssignableFrom(other) || other.isAssignableFrom(one);
        }

        @Nullable
        LibraryCall read(StackTraceElement line) {
            if (types.isEmpty()) {
                return null;
            }
            Class<?> called = types.getFirst();
            String method = method(0);
            if (method.equals(CONSTRUCTOR)) {
                return new LibraryCall(called, line, "made");
            }
            boolean ofClass = isStatic(called, method);
            Class<?> self = self();
            if (!ofClass && Closers.of(self) != null) {
                return new LibraryCall(self, line, method.startsWith("start") ? "started" : "used");
            }
            Class<?> made = returned(ofClass, true);
            if (made == null) {
                made = returned(ofClass, false);
            }
            return made != null
                    ? new LibraryCall(made, line, "made")
                    : ofClass ? null : new LibraryCall(self, line, "used");
        }

        /** The name of a method, without what Kotlin adds for parameters with a default. */
        private String method(int index) {
            return frames.get(index).getMethodName().replaceFirst("\\$default$", "");
        }

        /** The class of the object that was called: a method is often inherited, and calls one of the class itself. */
        private Class<?> self() {
            Class<?> self = types.getFirst();
            for (int index = 1; index < types.size() && !method(index).equals(method(0)); index++) {
                if (self.isAssignableFrom(types.get(index))) {
                    self = types.get(index);
                }
            }
            return self;
        }

        /** What a method returns that makes things; null if none does, or not all of that name return the same. */
        private @Nullable Class<?> returned(boolean ofClass, boolean closable) {
            Pattern names = closable ? OPENER : MAKER;
            if (!ofClass && !names.matcher(method(0)).matches()) {
                return null;
            }
            for (int index = 0; index < types.size(); index++) {
                String name = method(index);
                if (index == 0 || names.matcher(name).matches()) {
                    Set<Class<?>> returned = new LinkedHashSet<>();
                    for (Method method : types.get(index).getDeclaredMethods()) {
                        if (method.getName().equals(name) && isWanted(method.getReturnType(), closable)) {
                            returned.add(method.getReturnType());
                        }
                    }
                    if (returned.size() == 1) {
                        return returned.iterator().next();
                    }
                }
            }
            return null;
        }

        private static boolean isWanted(Class<?> type, boolean closable) {
            return closable
                    ? Closers.mayBeClient(type)
                    : !type.isPrimitive() && !type.getModule().equals(Object.class.getModule());
        }

        private static boolean isStatic(Class<?> type, String method) {
            boolean any = false;
            for (Method each : type.getDeclaredMethods()) {
                if (each.getName().equals(method)) {
                    if (!Modifier.isStatic(each.getModifiers())) {
                        return false;
                    }
                    any = true;
                }
            }
            return any;
        }

        private static @Nullable Class<?> load(String name) {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            try {
                return Class.forName(name, false, context == null ? ClassLoader.getSystemClassLoader() : context);
            } catch (ClassNotFoundException | LinkageError hidden) {
                return null;
            }
        }
    }
}
