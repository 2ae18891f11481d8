package dev.asyncloop.jupiter.settings;

import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/**
 * Says in the log that JUnit is too old: before 5.12 it cannot load the extension, and its own message does not say
 * why. JUnit's launcher creates this.
 */
public final class OldJUnit implements LauncherDiscoveryListener {

    /**
     * Whether Jupiter is there, and too old. Found out in each run of JUnit that has this jar, even if nobody uses the
     * extension.
     */
    private static final boolean HERE = isThere("org.junit.jupiter.api.extension.ExtensionContext")
            && !isThere("org.junit.jupiter.api.extension.PreInterruptCallback");

    /** Whether it was said: a launcher may discover class by class. Any thread. */
    private static final AtomicBoolean said = new AtomicBoolean();

    /** For JUnit. */
    public OldJUnit() {}

    /** Whether a type exists. */
    static boolean isThere(String type) {
        try {
            Class.forName(type, false, OldJUnit.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException tooOld) {
            return false;
        }
    }

    @Override
    public void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
        if (HERE && said.compareAndSet(false, true)) {
            Log.log(Level.ERROR, text());
        }
    }

    private static String text() {
        CodeSource source = ExtensionContext.class.getProtectionDomain().getCodeSource();
        return "asyncloop needs JUnit Jupiter 5.12 or newer, and this is "
                + (source == null
                        ? "an older one"
                        : Path.of(source.getLocation().getPath()).getFileName())
                + "; ask for a newer one where the build says the version: at junit-bom, at junit-jupiter, or in the"
                + " property junit-jupiter.version of Spring Boot";
    }
}
