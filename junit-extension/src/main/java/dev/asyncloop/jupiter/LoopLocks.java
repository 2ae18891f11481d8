package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.LoopScope.Scope;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/** Keeps tests that share a loop from running at the same time. JUnit creates it. Any thread. */
public final class LoopLocks implements ResourceLocksProvider {

    /** For JUnit. */
    public LoopLocks() {}

    /**
     * None for a class that JUnit runs several times: JUnit 5.13 refuses to run what has a lock there. Its tests wait
     * for the turn on their loop instead.
     */
    @Override
    public Set<Lock> provideForClass(Class<?> testClass) {
        return isTemplate(testClass, new HashSet<>()) ? Set.of() : lock(testClass, testClass, testClass);
    }

    private static boolean isTemplate(Class<?> type, Set<Class<?>> seen) {
        for (Annotation annotation : type.getAnnotations()) {
            Class<?> annotationType = annotation.annotationType();
            if (seen.add(annotationType)
                    && (annotationType.getName().equals("org.junit.jupiter.api.ClassTemplate")
                            || isTemplate(annotationType, seen))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Set<Lock> provideForNestedClass(List<Class<?>> enclosingInstanceTypes, Class<?> testClass) {
        return isTemplate(testClass, new HashSet<>())
                ? Set.of()
                : lock(testClass, testClass, enclosingInstanceTypes.get(0));
    }

    @Override
    public Set<Lock> provideForMethod(List<Class<?>> enclosingInstanceTypes, Class<?> testClass, Method testMethod) {
        Class<?> outermost = enclosingInstanceTypes.isEmpty() ? testClass : enclosingInstanceTypes.get(0);
        return lock(testMethod, testClass, outermost);
    }

    /** The lock for what {@code element} itself declares. The elements around it have their own locks. */
    private static Set<Lock> lock(AnnotatedElement element, Class<?> type, Class<?> outermost) {
        return LoopScopes.declared(element)
                .filter(scope -> scope != Scope.METHOD)
                .map(scope -> Set.of(new Lock(
                        "dev.asyncloop.loop of " + (scope == Scope.CLASS ? type.getName() : scope.nameFor(outermost)))))
                .orElse(Set.of());
    }
}
