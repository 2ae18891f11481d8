package dev.asyncloop.jupiter;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Timeout;

/**
 * Whether a method bears an annotation that we look for: one of ours, or JUnit's {@link Timeout}. Most do not, and need
 * not be searched for each of them. Any thread.
 */
final class RelevantAnnotations {

    private static final ClassValue<Boolean> RELEVANT = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return leadsToRelevant(type, new HashSet<>());
        }
    };

    private RelevantAnnotations() {}

    /** Whether one of its annotations is relevant, or bears one that is, as deep as JUnit looks for them. */
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
