package dev.asyncloop.jupiter;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The names of tests, classes, methods and fields in messages. */
final class Names {

    private Names() {}

    /**
     * A name such as {@code OrderTests.Shipping.by_air()}, with the display name if it is one of several invocations.
     */
    static String ofTest(ExtensionContext context, Method method) {
        // without an operator, whose first use in a JVM would cost the first test some milliseconds
        String name = String.join(".", ofClass(context.getRequiredTestClass()), method.getName())
                .concat("()");
        boolean oneOfSeveral =
                context.getParent().flatMap(ExtensionContext::getTestMethod).isPresent();
        return oneOfSeveral ? name + " " + context.getDisplayName() : name;
    }

    static String ofDynamicTest(String factory, ExtensionContext context) {
        return factory + " > " + context.getDisplayName();
    }

    static String of(Executable executable) {
        return executable instanceof Method method
                ? ofMethod(method)
                : "the constructor of " + ofClass(executable.getDeclaringClass());
    }

    static String ofMethod(Method method) {
        return ofClass(method.getDeclaringClass()) + "." + method.getName() + "()";
    }

    static String ofField(Field field) {
        return ofClass(field.getDeclaringClass()) + "." + field.getName();
    }

    static String ofClass(Class<?> type) {
        Class<?> enclosing = type.getEnclosingClass();
        return (enclosing == null ? "" : ofClass(enclosing) + ".") + type.getSimpleName();
    }
}
