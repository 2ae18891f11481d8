package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.session.EarlierInterceptors;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Finds the extensions that intercept test methods before ours does. JUnit does not tell which are registered, so it
 * reads the annotations of the classes.
 */
final class Interceptors {

    private Interceptors() {}

    /** Those of the class that {@code context} is of, and of the classes around it. */
    static EarlierInterceptors before(ExtensionContext context) {
        List<Class<?>> before = new ArrayList<>();
        if (Detection.isOnlyWay(context)) { // then it is registered before all that is named by classes
            return new EarlierInterceptors(before);
        }
        for (ExtensionContext each : Sessions.classesAround(context)) {
            for (Class<?> extension : extensions(each.getRequiredTestClass())) {
                if (extension == AsyncLoopExtension.class) {
                    return new EarlierInterceptors(before);
                }
                if (interceptsTests(extension) && !before.contains(extension)) {
                    before.add(extension);
                }
            }
        }
        return new EarlierInterceptors(before);
    }

    private static List<Class<?>> extensions(Class<?> type) {
        List<Class<?>> extensions = new ArrayList<>();
        for (ExtendWith each : AnnotationSupport.findRepeatableAnnotations(type, ExtendWith.class)) {
            extensions.addAll(List.of(each.value()));
        }
        return extensions;
    }

    private static boolean interceptsTests(Class<?> extension) {
        return InvocationInterceptor.class.isAssignableFrom(extension)
                && Stream.of(extension.getMethods()).anyMatch(Interceptors::interceptsTests);
    }

    private static boolean interceptsTests(Method method) {
        return switch (method.getName()) {
            case "interceptTestMethod", "interceptTestTemplateMethod", "interceptTestFactoryMethod" ->
                method.getDeclaringClass() != InvocationInterceptor.class;
            default -> false;
        };
    }
}
