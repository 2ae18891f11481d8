package dev.asyncloop.jupiter;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Timeout;

/**
 * Finds out whether a method has an annotation that matters here: one of ours, or JUnit's {@link Timeout}. Most methods
 * have none, and are not searched for each annotation. Any thread.
 */
final class RelevantAnnotations {

    private static final ClassValue<Boolean> RELEVANT = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return leadsToRelevant(type, new HashSet<>());
        }
    };

    private RelevantAnnotations() {}

    /** Whether one of the method's annotations is relevant, or leads to one that is, as deep as JUnit searches. */
    static boolean areOn(Method method) {
        for (Annotation annotation : method.getDeclaredAnnotations()) {
            if (RELEVANT.get(annotation.annotationType())) {
                return true;
            }
        }
        return false;
    }

    private static boolean leadsToRelevant(Class<?> type, Set<Class<?>> seen) {
        if (type == Timeout.class || type.getPackage() == RelevantAnnotations.class.getPackage()) {
            return true;
        }
        if (seen.add(type)) {
            for (Annotation above : type.getDeclaredAnnotations()) {
                if (leadsToRelevant(above.annotationType(), seen)) {
                    return true;
                }
            }
        }
        return false;
    }
}
