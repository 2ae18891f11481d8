package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.settings.Settings;
import dev.asyncloop.loop.LoopOptions;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** How long one phase of a test may take: as configured, or longer if JUnit's own timeout is longer. */
final class LoopLimit {

    private LoopLimit() {}

    /**
     * The options of a loop with that limit, or with a longer one if JUnit's own timeouts in {@code classes} are
     * longer.
     */
    static LoopOptions options(Optional<Duration> limit, List<Class<?>> classes) {
        LoopOptions options = LoopOptions.defaults();
        return limit.isEmpty() ? options : options.timeout(longest(limit.get(), classes));
    }

    /** The configured limit, or else the default for the way in which the class has the extension. */
    static Optional<Duration> configured(ExtensionContext context) {
        return Settings.of(context).limit(Detection.isOnlyWay(context));
    }

    private static Duration longest(Duration limit, List<Class<?>> classes) {
        Duration longest = limit;
        for (Class<?> type : classes) {
            longest = longer(longest, type);
            for (Method method :
                    ReflectionSupport.findMethods(type, RelevantAnnotations::areOn, HierarchyTraversalMode.TOP_DOWN)) {
                longest = longer(longest, method);
            }
        }
        return longest;
    }

    private static Duration longer(Duration limit, AnnotatedElement element) {
        Optional<Timeout> timeout = AnnotationSupport.findAnnotation(element, Timeout.class);
        if (timeout.isEmpty()) {
            return limit;
        }
        Duration other = justAfter(timeout.get());
        return limit.compareTo(other) < 0 ? other : limit;
    }

    /** A little longer than JUnit's timeout, so that JUnit's ends the test. */
    private static Duration justAfter(Timeout timeout) {
        long seconds = timeout.unit().toSeconds(timeout.value());
        return Duration.ofSeconds(Math.min(seconds, Integer.MAX_VALUE) + 1);
    }
}
