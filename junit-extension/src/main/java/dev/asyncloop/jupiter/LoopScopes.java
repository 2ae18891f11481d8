package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.LoopScope.Scope;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Which scope holds for the tests of a class: that of the innermost class that declares one, or the configured default. */
final class LoopScopes {

    private LoopScopes() {}

    /** The scope of the tests that do not say otherwise themselves. */
    static Scope of(List<Class<?>> classesInnermostFirst, ExtensionContext context) {
        Optional<Class<?>> declaring = declaringClass(classesInnermostFirst);
        return (declaring.isEmpty() ? configured(context) : declared(declaring.get())).orElse(Scope.METHOD);
    }

    /** The innermost class that carries the annotation, itself or through a superclass. */
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

    /** Rejects an unknown value of the configuration parameter, whether it would be used or not. */
    static void checkDefault(ExtensionContext context) {
        configured(context);
    }

    private static Optional<Scope> configured(ExtensionContext context) {
        Optional<String> value = context.getConfigurationParameter(Constants.SCOPE_DEFAULT_PARAMETER);
        return value.isEmpty() ? Optional.empty() : Optional.of(parse(value.get()));
    }

    private static Scope parse(String value) {
        return Arrays.stream(Scope.values())
                .filter(scope -> scope.name().equalsIgnoreCase(value.strip()))
                .findFirst()
                .orElseThrow(() -> new ExtensionConfigurationException("The configuration parameter "
                        + Constants.SCOPE_DEFAULT_PARAMETER + " is '" + value + "'; it may be one of " + allowed()));
    }

    private static String allowed() {
        return Arrays.stream(Scope.values())
                .map(scope -> "'" + scope.name().toLowerCase(Locale.ROOT) + "'")
                .collect(Collectors.joining(", "));
    }

    /** The sentence about composed annotations of {@code element} that name different scopes, none of them nearer; empty where all is well. */
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
