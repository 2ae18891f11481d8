package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.settings.Settings;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Which classes are left to JUnit. It is asked for each phase of each test. Any thread. */
final class LeftOut {

    /** The last answer: nearly always the next question is about the same class. */
    private volatile @Nullable Answer last;

    /** {@code around} are the classes around {@code type}, which a subclass of one of them shares. */
    private record Answer(Class<?> type, List<Class<?>> around, boolean leftOut) {

        boolean isFor(ExtensionContext context) {
            return type == context.getRequiredTestClass() && around.equals(context.getEnclosingTestClasses());
        }
    }

    /** Whether the class that {@code context} belongs to is left out. */
    boolean contains(ExtensionContext context) {
        ExtensionContext ofClass = withClass(context);
        Answer known = last;
        if (known == null || !known.isFor(ofClass)) {
            known = new Answer(ofClass.getRequiredTestClass(), ofClass.getEnclosingTestClasses(), isIn(ofClass));
            last = known;
        }
        return known.leftOut;
    }

    /** A dynamic test has no class of its own. */
    private static ExtensionContext withClass(ExtensionContext context) {
        ExtensionContext at = context;
        while (at.getTestClass().isEmpty()) {
            at = at.getParent().orElseThrow();
        }
        return at;
    }

    private static boolean isIn(ExtensionContext context) {
        Predicate<String> named = Settings.of(context).without();
        return Stream.concat(Stream.of(context.getRequiredTestClass()), context.getEnclosingTestClasses().stream())
                .anyMatch(type -> isAnnotated(type) || named.test(type.getName()));
    }

    private static boolean isAnnotated(Class<?> type) {
        return type.isAnnotationPresent(WithoutAsyncLoop.class)
                || type.getPackage().isAnnotationPresent(WithoutAsyncLoop.class);
    }
}
