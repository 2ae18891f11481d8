package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.settings.Settings;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The checks that a test class must pass before anything of it runs. */
final class ClassChecks {

    private static final String STORE_CLOSES = "junit.jupiter.extensions.store.close.autocloseable.enabled";

    private ClassChecks() {}

    /**
     * Checks the class and initialises it: what a static initialiser opens belongs to no test.
     *
     * @throws ExtensionConfigurationException if something is wrong; the message says what to write instead
     */
    static void pass(ExtensionContext context) {
        Class<?> type = context.getRequiredTestClass();
        Declarations.check(type, Detection.isOnlyWay(context));
        RequiredChecks.pass(Settings.of(context));
        checkThatStoresClose(context);
        initialize(type);
    }

    /** Leaks are looked for when JUnit closes the store of a test. That can be switched off. */
    private static void checkThatStoresClose(ExtensionContext context) {
        if (context.getConfigurationParameter(STORE_CLOSES).orElse("true").equalsIgnoreCase("false")) {
            throw new ExtensionConfigurationException("The configuration parameter " + STORE_CLOSES
                    + " is 'false', and asyncloop could not look for leaks; it must be 'true', which is its default");
        }
    }

    private static void initialize(Class<?> type) {
        try {
            Class.forName(type.getName(), true, type.getClassLoader());
        } catch (ClassNotFoundException | LinkageError failed) {
            // JUnit fails in the same way when it makes the instance, and reports that
        }
    }
}
