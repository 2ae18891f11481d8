package dev.asyncloop.jupiter;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Whether a test class asks for the extension, or has it only because JUnit detected it for all classes. */
final class Detection {

    private static final String ENABLED = "junit.jupiter.extensions.autodetection.enabled";

    private Detection() {}

    /**
     * Whether only JUnit's auto-detection brings the extension. Such tests were not written for it, and get milder
     * defaults.
     */
    static boolean isOnlyWay(ExtensionContext context) {
        return Boolean.parseBoolean(context.getConfigurationParameter(ENABLED).orElse("false"))
                && !context.getTestClass().map(Detection::isNamedBy).orElse(false);
    }

    /** Whether an annotation of the class, or of a class around it, names the extension. */
    static boolean isNamedBy(Class<?> type) {
        return AnnotationSupport.findRepeatableAnnotations(type, ExtendWith.class).stream()
                        .flatMap(extensions -> Arrays.stream(extensions.value()))
                        .anyMatch(AsyncLoopExtension.class::equals)
                || Optional.ofNullable(type.getEnclosingClass())
                        .filter(Detection::isNamedBy)
                        .isPresent();
    }
}
