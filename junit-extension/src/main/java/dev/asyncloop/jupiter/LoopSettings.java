package dev.asyncloop.jupiter;

import dev.asyncloop.loop.LoopClock;
import dev.asyncloop.loop.LoopOptions;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What the loop of a test or a class is like, and what becomes of the leaks. */
record LoopSettings(boolean virtualTime, LoopOptions others, LeakRules leaks) {

    /** As they are declared on any of {@code classes}, and configured. */
    static LoopSettings of(List<Class<?>> classes, LeakRules leaks, ExtensionContext context) {
        return new LoopSettings(
                classes.stream().anyMatch(LoopSettings::isVirtual),
                LoopLimit.options(classes, context).ordering(Orderings.configured(context)),
                leaks);
    }

    /** Those of a test in that class: with what {@code method} declares, and where orders differ, one of its own. */
    LoopSettings ofTest(Method method, ExtensionContext context) {
        return new LoopSettings(
                virtualTime || isVirtual(method),
                others.ordering(Orderings.configured(context)),
                leaks.of(context.getRequiredTestClass(), method));
    }

    static boolean isVirtual(AnnotatedElement element) {
        return AnnotationSupport.isAnnotated(element, VirtualTime.class);
    }

    /** For one loop. */
    LoopOptions options() {
        return virtualTime ? others.clock(LoopClock.virtual()) : others;
    }
}
