package dev.asyncloop.jupiter.session;

import dev.asyncloop.jdk.ReflectiveCalls;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The extensions that a class names before ours and that intercept test methods, as far as annotations tell. */
public final class EarlierInterceptors {

    private final List<Class<?>> types;

    /** The methods that came to our interceptor, and so were called by JUnit. Any thread. */
    private final Set<Method> came = ConcurrentHashMap.newKeySet();

    /** Whether one of them is known to have called a test method itself. Any thread. */
    private volatile boolean calledItself;

    /** Whether it was said that a test method may have been skipped. Any thread. */
    private volatile boolean said;

    public EarlierInterceptors(List<Class<?>> types) {
        this.types = List.copyOf(types);
    }

    boolean isEmpty() {
        return types.isEmpty();
    }

    /** A test method came to our interceptor. */
    void letThrough(Method method) {
        came.add(method);
    }

    /**
     * Whether one of them called {@code method}, which did not come to our interceptor: it was called, and not by
     * JUnit. If the method is called more than once, what is known of one call counts for the others.
     */
    boolean called(Method method) {
        boolean called = ReflectiveCalls.wereMade(method);
        calledItself |= called && !came.contains(method);
        return called && calledItself;
    }

    /** Whether nobody asked before. */
    boolean isFirstDoubt() {
        boolean first = !said;
        said = true;
        return first;
    }

    /** Who it was, in words. */
    String who() {
        return switch (types.size()) {
            case 0 -> "an extension that is registered before AsyncLoopExtension";
            case 1 -> types.get(0).getSimpleName() + ", which is registered before AsyncLoopExtension,";
            default ->
                "one of "
                        + types.stream().map(Class::getSimpleName).collect(Collectors.joining(", "))
                        + ", which are registered before AsyncLoopExtension,";
        };
    }

    /** What to write instead. */
    String fix() {
        return types.isEmpty()
                ? "let @ExtendWith(AsyncLoopExtension.class) come before whatever registers that"
                : types.stream()
                        .map(type -> type.getSimpleName() + ".class")
                        .collect(Collectors.joining(", ", "write @ExtendWith({AsyncLoopExtension.class, ", "})"));
    }
}
