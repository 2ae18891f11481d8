package dev.asyncloop.jupiter;

import dev.asyncloop.loop.LoopClock;
import dev.asyncloop.loop.LoopOptions;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What the loop of a test or a class is like. */
record LoopSettings(boolean virtualTime, LoopOptions others) {

    /** As they are declared on any of {@code elements}, and configured. */
    static LoopSettings of(List<? extends AnnotatedElement> elements, ExtensionContext context) {
        return new LoopSettings(
                isVirtual(elements), LoopLimit.options(context).ordering(Orderings.configured(context)));
    }

    static boolean isVirtual(List<? extends AnnotatedElement> elements) {
        return elements.stream().anyMatch(LoopSettings::isVirtual);
    }

    static boolean isVirtual(AnnotatedElement element) {
        return AnnotationSupport.isAnnotated(element, VirtualTime.class);
    }

    /** For one loop. */
    LoopOptions options() {
        return virtualTime ? others.clock(LoopClock.virtual()) : others;
    }
}
