package dev.asyncloop.jupiter;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The names of tests, classes, methods and fields in messages. */
final class Names {

    private Names() {}

    /**
     * A name such as {@code OrderTests.Shipping.by_air()}, with the display name if it, or its class, is one of several
     * invocations.
     */
    static String ofTest(ExtensionContext context, Method method) {
        // without an operator, whose first use in a JVM would cost the first test some milliseconds
        String name = String.join(".", ofClass(context.getRequiredTestClass()), method.getName())
                .concat("()");
        return name.concat(invocations(context));
    }

    /** A name such as {@code OrderTests.Shipping}, with the display name if it is one of several invocations. */
    static String ofClass(ExtensionContext context) {
        return ofClass(context.getRequiredTestClass()).concat(invocations(context));
    }

    /** The display names of the invocations around and including {@code context}, each after a space. */
    private static String invocations(ExtensionContext context) {
        ExtensionContext parent = context.getParent().orElse(null);
        if (parent == null || parent.getTestClass().isEmpty()) {
            return "";
        }
        String around = invocations(parent);
        return isInvocation(context) ? String.join(" ", around, context.getDisplayName()) : around;
    }

    /** Whether it is one of several invocations of a method or a class. */
    static boolean isInvocation(ExtensionContext context) {
        ExtensionContext parent = context.getParent().orElse(null);
        return parent != null
                && parent.getTestMethod().equals(context.getTestMethod())
                && parent.getTestClass().equals(context.getTestClass());
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
