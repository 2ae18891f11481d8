package dev.asyncloop.jupiter;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.commons.support.AnnotationSupport;

/** What the functions of a Kotlin class are, without any class of Kotlin. */
final class KotlinFunctions {

    private static final String METADATA = "kotlin.Metadata";
    private static final String CONTINUATION = "kotlin.coroutines.Continuation";
    private static final String UNIT = "kotlin.Unit";

    /** Whether JUnit runs suspending functions, which it does from 6.0 on. */
    private static final boolean SUSPENDING_ARE_RUN = areSuspendingRun();

    private KotlinFunctions() {}

    private static boolean areSuspendingRun() {
        try {
            Class<?> type = Class.forName(
                    "org.junit.platform.commons.util.KotlinReflectionUtils",
                    false,
                    AnnotationSupport.class.getClassLoader());
            return Stream.of(type.getMethods())
                    .anyMatch(method -> method.getName().equals("isKotlinSuspendingFunction"));
        } catch (ClassNotFoundException older) {
            return false;
        }
    }

    /** Whether a method is a function of a Kotlin class. */
    static boolean contain(Method method) {
        for (Annotation each : method.getDeclaringClass().getDeclaredAnnotations()) {
            if (each.annotationType().getName().equals(METADATA)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a function is a suspending one. */
    private static boolean isSuspending(Method function) {
        Class<?>[] parameters = function.getParameterTypes();
        return parameters.length > 0
                && parameters[parameters.length - 1].getName().equals(CONTINUATION);
    }

    /**
     * The complaint about a function that returns something, so that JUnit does not run it as a test; empty if it does.
     */
    static Optional<String> complaint(Method function) {
        String name = Names.ofMethod(function);
        String plain = "fun " + function.getName() + "()";
        if (!isSuspending(function)) {
            return Optional.of(ofValue(name, function.getReturnType().getTypeName(), plain));
        }
        if (!SUSPENDING_ARE_RUN) {
            return Optional.of(
                    name + " is a suspending function, which only JUnit 6 runs as a test: take that, or write " + plain
                            + " = runBlocking<Unit> { ... }");
        }
        String result = resultOf(function);
        return result.equals(UNIT) ? Optional.empty() : Optional.of(ofValue(name, result, "suspend " + plain));
    }

    private static String ofValue(String name, String type, String head) {
        return name + " returns " + type.substring(type.lastIndexOf('.') + 1)
                + ", and JUnit does not run such a test: let it return Unit, as in " + head
                + ": Unit = ..., or give it a body in braces";
    }

    /** What a suspending function returns: it takes a {@code Continuation<? super T>}. */
    private static String resultOf(Method suspending) {
        Type[] parameters = suspending.getGenericParameterTypes();
        return parameters[parameters.length - 1] instanceof ParameterizedType continuation
                        && continuation.getActualTypeArguments()[0] instanceof WildcardType result
                ? result.getLowerBounds()[0].getTypeName()
                : "a value";
    }
}
