package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.LoopScope.Scope;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Finds the scope of the tests of a class: that of the innermost class that declares one, or else the configured
 * default.
 */
final class LoopScopes {

    private LoopScopes() {}

    /** The scope of the tests that declare none themselves. */
    static Scope of(List<Class<?>> classesInnermostFirst, Scope configured) {
        Optional<Class<?>> declaring = declaringClass(classesInnermostFirst);
        return declaring.isEmpty() ? configured : declared(declaring.get()).orElse(configured);
    }

    /** The innermost class that has the annotation, on itself or on a superclass. */
    static Optional<Class<?>> declaringClass(List<Class<?>> classesInnermostFirst) {
        for (Class<?> type : classesInnermostFirst) {
            if (declared(type).isPresent()) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    static Optional<Scope> declared(AnnotatedElement element) {
        Optional<LoopScope> declared = AnnotationSupport.findAnnotation(element, LoopScope.class);
        return declared.isEmpty()
                ? Optional.empty()
                : Optional.of(declared.get().value());
    }

    /**
     * The complaint about composed annotations of {@code element} that name different scopes, none of which is nearer;
     * empty if there is no contradiction.
     */
    static Optional<String> contradiction(AnnotatedElement element, String name) {
        if (element.isAnnotationPresent(LoopScope.class)) {
            return Optional.empty();
        }
        Map<Scope, String> named = new EnumMap<>(Scope.class);
        for (Annotation annotation : element.getAnnotations()) {
            Optional<Scope> scope = declared(annotation.annotationType());
            if (scope.isPresent()) {
                named.putIfAbsent(scope.get(), "@" + annotation.annotationType().getSimpleName());
            }
        }
        return named.size() < 2
                ? Optional.empty()
                : Optional.of(name + " cannot have two scopes: "
                        + named.entrySet().stream()
                                .map(each -> each.getValue() + " says " + each.getKey())
                                .collect(Collectors.joining(", "))
                        + "; keep one of them, or put @LoopScope itself beside them");
    }
}
