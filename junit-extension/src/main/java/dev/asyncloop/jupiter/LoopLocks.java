package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.LoopScope.Scope;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/** Keeps tests that share a loop from running at the same time. JUnit creates it. */
public final class LoopLocks implements ResourceLocksProvider {

    /** For JUnit. */
    public LoopLocks() {}

    @Override
    public Set<Lock> provideForMethod(List<Class<?>> enclosingInstanceTypes, Class<?> testClass, Method testMethod) {
        List<Class<?>> classes = new ArrayList<>(enclosingInstanceTypes);
        classes.add(testClass);
        Collections.reverse(classes);
        Class<?> declaring = LoopScopes.declaringClass(classes).orElse(testClass);
        boolean shared = LoopScopes.declared(testMethod)
                .or(() -> LoopScopes.declared(declaring))
                .filter(Scope.CLASS::equals)
                .isPresent();
        return shared ? Set.of(new Lock("dev.asyncloop.loop of " + declaring.getName())) : Set.of();
    }
}
