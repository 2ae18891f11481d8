package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.settings.OldJUnit;
import dev.asyncloop.jupiter.settings.Settings;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What is looked at before anything of a test class runs. */
final class ClassChecks {

    private static final String STORE_CLOSES = "junit.jupiter.extensions.store.close.autocloseable.enabled";

    private ClassChecks() {}

    /**
     * Initialises the class: what a static initialiser opens belongs to no test.
     *
     * @throws ExtensionConfigurationException with what is wrong, and what to write instead
     */
    static void pass(ExtensionContext context) {
        OldJUnit.refuse();
        Class<?> type = context.getRequiredTestClass();
        Declarations.check(type, Detection.isAllThatBringsIt(context));
        Settings.of(context);
        checkThatStoresClose(context);
        initialize(type);
    }

    /** Leaks are looked for when JUnit closes the store of a test, which can be switched off. */
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
            // JUnit meets it again when it makes the instance, and reports it
        }
    }
}
