package dev.asyncloop.jupiter;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Timeout;

/** Whether a method bears any annotation that we look for: most do not, and need not be searched for each of them. Any thread. */
final class OurAnnotations {

    private static final ClassValue<Boolean> OURS = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return leadsToOurs(type, new HashSet<>());
        }
    };

    private OurAnnotations() {}

    /** Whether one of its annotations is ours or a {@link Timeout}, or has one, as deep as JUnit looks for them. */
    static boolean areOn(Method method) {
        for (Annotation annotation : method.getDeclaredAnnotations()) {
            if (OURS.get(annotation.annotationType())) {
                return true;
            }
        }
        return false;
    }

    private static boolean leadsToOurs(Class<?> type, Set<Class<?>> seen) {
        if (type == Timeout.class || type.getPackage() == OurAnnotations.class.getPackage()) {
            return true;
        }
        if (seen.add(type)) {
            for (Annotation above : type.getDeclaredAnnotations()) {
                if (leadsToOurs(above.annotationType(), seen)) {
                    return true;
                }
            }
        }
        return false;
    }
}
