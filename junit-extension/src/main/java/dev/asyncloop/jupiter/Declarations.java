package dev.asyncloop.jupiter;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Finds declarations in a test class that JUnit would silently ignore. */
final class Declarations {

    private Declarations() {}

    /**
     * Checks a test class before anything of it runs.
     *
     * @param onlyDetected whether the class did not ask for the extension; then only JUnit complains of tests that
     *     return a value
     * @throws ExtensionConfigurationException if a declaration is wrong; the message says what to write instead
     */
    static void check(Class<?> type, boolean onlyDetected) {
        for (Method method : ReflectionSupport.findMethods(type, any -> true, HierarchyTraversalMode.TOP_DOWN)) {
            check(method, onlyDetected);
        }
        reject(LoopScopes.contradiction(type, Names.ofClass(type)));
        for (Field field :
                ReflectionSupport.findFields(type, DeclaredFixture::isForgotten, HierarchyTraversalMode.TOP_DOWN)) {
            throw new ExtensionConfigurationException("The fixture " + Names.ofField(field)
                    + " would never be made: put @RegisterExtension on the field");
        }
    }

    private static void reject(Optional<String> complaint) {
        if (complaint.isPresent()) {
            throw new ExtensionConfigurationException(complaint.get());
        }
    }

    private static void check(Method method, boolean onlyDetected) {
        if (!onlyDetected) {
            reject(valueReturnedBy(method));
        }
        if (!RelevantAnnotations.areOn(method)) {
            return;
        }
        if (AnnotationSupport.isAnnotated(method, Testable.class)) {
            reject(LoopScopes.contradiction(method, Names.ofMethod(method)));
            return;
        }
        if (LoopScopes.declared(method).isPresent()) {
            throw doesNothing(LoopScope.class, method);
        }
        if (DeclaredSettings.isVirtual(method)) {
            throw doesNothing(VirtualTime.class, method);
        }
    }

    private static ExtensionConfigurationException doesNothing(Class<?> annotation, Method method) {
        return new ExtensionConfigurationException("@" + annotation.getSimpleName() + " on " + Names.ofMethod(method)
                + " does nothing: it belongs on a test class or a test method");
    }

    /** The complaint about a test that JUnit does not run because it returns a value; empty for any other method. */
    static Optional<String> valueReturnedBy(Method method) {
        if (method.getReturnType() == void.class
                || !AnnotationSupport.isAnnotated(method, Test.class)
                        && !AnnotationSupport.isAnnotated(method, TestTemplate.class)) {
            return Optional.empty();
        }
        return KotlinFunctions.contain(method)
                ? KotlinFunctions.complaint(method)
                : Optional.of(Names.ofMethod(method) + " returns "
                        + method.getReturnType().getSimpleName()
                        + ", and JUnit does not run such a test: make it void, and await what it would return, with "
                        + "Asyncio.await(...)");
    }
}
