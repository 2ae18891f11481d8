package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.LoopScope.Scope;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.schedule.Ordering;
import dev.asyncloop.loop.time.LoopClock;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What the loop of a test or a class is like, and what becomes of the leaks.
 *
 * @param scope which tests share it
 * @param orderings gives each loop its own, where orders differ
 */
record LoopSettings(
        Scope scope, boolean virtualTime, LoopOptions others, Supplier<Ordering> orderings, LeakRules leaks) {

    /** As they are declared on any of {@code classes}, and configured. */
    static LoopSettings of(List<Class<?>> classes, LeakRules leaks, ExtensionContext context) {
        return new LoopSettings(
                LoopScopes.of(classes, context),
                classes.stream().anyMatch(LoopSettings::isVirtual),
                LoopLimit.options(classes, context),
                Orderings.configured(context),
                leaks);
    }

    /** Those of the loop that classes share, of which {@code type} is one. */
    static LoopSettings shared(Scope scope, Class<?> type, ExtensionContext context) {
        LeakRules leaks = scope == Scope.PACKAGE ? LeakRules.ofPackage(type, context) : LeakRules.ofAll(context);
        return new LoopSettings(
                scope,
                false,
                LoopLimit.options(List.of(), context),
                Orderings.configured(context),
                leaks.knownOf(scope.nameFor(type)));
    }

    /** Those of a test in that class, {@code type}: with what {@code method} declares. */
    LoopSettings ofTest(Method method, Class<?> type) {
        boolean declares = OurAnnotations.areOn(method);
        return new LoopSettings(
                declares ? LoopScopes.declared(method).orElse(scope) : scope,
                virtualTime || declares && isVirtual(method),
                others,
                orderings,
                leaks.of(type, method, declares));
    }

    static boolean isVirtual(AnnotatedElement element) {
        return AnnotationSupport.isAnnotated(element, VirtualTime.class);
    }

    /** For one loop. */
    LoopOptions options() {
        LoopOptions ordered = others.ordering(orderings.get());
        return virtualTime ? ordered.clock(LoopClock.virtual()) : ordered;
    }
}
