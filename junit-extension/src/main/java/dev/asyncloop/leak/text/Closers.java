package dev.asyncloop.leak.text;

import dev.asyncloop.text.TypeNames;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The methods by which things of a library are closed, and the words for that. No class is initialised. */
final class Closers {

    /** The one that ends most comes first. */
    private static final List<String> NAMES =
            List.of("shutdownGracefully", "close", "stop", "shutdown", "dispose", "shutdownNow");

    private static final Pattern ANSWER = Pattern.compile(".*(Response|ResponseBody|Result|ResultSet|Stream)");

    private Closers() {}

    /** The name of the public method without parameters by which a {@code type} is closed; null if it has none. */
    static @Nullable String of(Class<?> type) {
        Method[] methods;
        try {
            methods = type.getMethods();
        } catch (LinkageError missing) { // what it refers to is not there
            return null;
        }
        for (String name : NAMES) {
            for (Method method : methods) {
                if (method.getName().equals(name)
                        && method.getParameterCount() == 0
                        && !Modifier.isStatic(method.getModifiers())) {
                    return name;
                }
            }
        }
        return null;
    }

    /**
     * Whether a method that returns {@code type} may hand over a client. A stream, an iterator and the like of the JDK
     * are none, nor is the response that a client got.
     */
    static boolean mayBeClient(Class<?> type) {
        boolean basic = type.isArray()
                || type.getModule().equals(Object.class.getModule())
                || ANSWER.matcher(type.getName()).matches();
        return (!basic || ExecutorService.class.isAssignableFrom(type)) && of(type) != null;
    }

    /** To close a {@code type}, in words, such as {@code stop the Server}; the type must have a method for that. */
    static String words(Class<?> type) {
        Class<?> known = known(type);
        String name = TypeNames.of(known);
        @Nullable String method = of(known);
        return switch (method == null ? "" : method) {
            case "stop" -> "stop the " + name;
            case "dispose" -> "dispose of the " + name;
            case "shutdown", "shutdownNow", "shutdownGracefully" -> "shut down the " + name;
            default -> "close the " + name;
        };
    }

    /** The class itself if its user can name it, or else the nearest type above it that can be named and closed. */
    private static Class<?> known(Class<?> type) {
        Deque<Class<?>> above = new ArrayDeque<>(List.of(type));
        while (!above.isEmpty()) {
            Class<?> each = above.remove();
            if (Modifier.isPublic(each.getModifiers()) && mayBeClient(each)) {
                return each;
            }
            above.addAll(List.of(each.getInterfaces()));
            Class<?> superclass = each.getSuperclass();
            if (superclass != null) {
                above.add(superclass);
            }
        }
        return type;
    }
}
