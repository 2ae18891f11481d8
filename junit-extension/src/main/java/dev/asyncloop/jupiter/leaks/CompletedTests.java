package dev.asyncloop.jupiter.leaks;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The tests and classes that ran as a whole: what did not occur in one of these is gone. A run may have some tests
 * only, or some invocations of one. Any thread.
 */
public final class CompletedTests implements Predicate<String> {

    /**
     * Finds the number of an invocation in a unique id. JUnit's own parser is in its engine, which a module of tests
     * need not read.
     */
    private static final Pattern INVOCATION =
            Pattern.compile("\\[(?:test-template-invocation|dynamic-test|dynamic-container):#(\\d+)]");

    /** The numbers of the invocations of each test; 0 for a test without several. */
    private final Map<String, Set<Integer>> invocations = new ConcurrentHashMap<>();

    /** The classes that ran with all their tests. */
    private final Set<String> classes = ConcurrentHashMap.newKeySet();

    /** The tests and classes that failed or were aborted. They may not have come as far as their leak. */
    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    /** The name of a test of {@code type} in a baseline. */
    public static String nameOf(Class<?> type, Method method) {
        return type.getName() + "." + method.getName();
    }

    /** Notes that a test, an invocation, a dynamic test or a class is over. */
    void ended(ExtensionContext context) {
        ExtensionContext test = context;
        while (test.getTestMethod().isEmpty() && test.getTestClass().isEmpty()) { // for a dynamic test
            test = test.getParent().orElseThrow();
        }
        Class<?> type = test.getRequiredTestClass();
        String name = test.getTestMethod().map(method -> nameOf(type, method)).orElseGet(type::getName);
        if (context.getExecutionException().isPresent() || context.getUniqueId().contains("[class-template")) {
            broken.add(name);
        }
        if (test.getTestMethod().isPresent()) {
            Matcher number = INVOCATION.matcher(context.getUniqueId());
            invocations
                    .computeIfAbsent(name, none -> new ConcurrentSkipListSet<>())
                    .add(number.find() ? Integer.parseInt(number.group(1)) : 0);
        } else if (allRan(type)) {
            classes.add(name);
        }
    }

    private boolean allRan(Class<?> type) {
        return methods(type).stream().allMatch(method -> allRan(nameOf(type, method)))
                && ReflectionSupport.findNestedClasses(
                                type, inner -> AnnotationSupport.isAnnotated(inner, Nested.class))
                        .stream()
                        .allMatch(this::allRan);
    }

    private static List<Method> methods(Class<?> type) {
        return AnnotationSupport.findAnnotatedMethods(type, Testable.class, HierarchyTraversalMode.TOP_DOWN);
    }

    /** Whether a test or class ran as a whole, or no longer exists; {@code name} is its name in a baseline. */
    @Override
    public boolean test(String name) {
        return classes.contains(name) && !broken.contains(name) || allRan(name) || isGone(name);
    }

    private boolean allRan(String test) {
        return !broken.contains(test) && isWhole(invocations.getOrDefault(test, Set.of()));
    }

    /**
     * Whether all invocations of a test ran. A single numbered invocation, or numbers with gaps, is what somebody chose
     * to run.
     */
    private static boolean isWhole(Set<Integer> numbers) {
        long several = numbers.stream().filter(number -> number > 0).count();
        return several == 0
                ? !numbers.isEmpty()
                : several > 1 && numbers.stream().allMatch(number -> number <= several);
    }

    /** Whether the name is of a test that its class no longer has. */
    private static boolean isGone(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0
                && ReflectionSupport.tryToLoadClass(name).toOptional().isEmpty()
                && ReflectionSupport.tryToLoadClass(name.substring(0, dot))
                        .toOptional()
                        .filter(type -> methods(type).stream()
                                .noneMatch(method -> nameOf(type, method).equals(name)))
                        .isPresent();
    }
}
