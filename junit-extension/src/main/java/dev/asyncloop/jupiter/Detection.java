package dev.asyncloop.jupiter;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Whether a test class asks for the extension, or JUnit found it by itself and gives it to all. */
final class Detection {

    private static final String ENABLED = "junit.jupiter.extensions.autodetection.enabled";

    private Detection() {}

    /** Whether the tests were written without a thought of the extension: they get no more than they bear. */
    static boolean isAllThatBringsIt(ExtensionContext context) {
        return Boolean.parseBoolean(context.getConfigurationParameter(ENABLED).orElse("false"))
                && !context.getTestClass().map(Detection::isNamedBy).orElse(false);
    }

    /** Whether an annotation of the class, or of one around it, names the extension. */
    static boolean isNamedBy(Class<?> type) {
        return AnnotationSupport.findRepeatableAnnotations(type, ExtendWith.class).stream()
                        .flatMap(extensions -> Arrays.stream(extensions.value()))
                        .anyMatch(AsyncLoopExtension.class::equals)
                || Optional.ofNullable(type.getEnclosingClass())
                        .filter(Detection::isNamedBy)
                        .isPresent();
    }
}
