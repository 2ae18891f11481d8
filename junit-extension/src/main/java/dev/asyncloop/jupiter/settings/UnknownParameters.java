package dev.asyncloop.jupiter.settings;

import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/**
 * Warns of configured names that look like ours and that we do not know: in {@code junit-platform.properties}, in the
 * launcher's parameters or among the system properties. JUnit's launcher creates it.
 */
public final class UnknownParameters implements LauncherDiscoveryListener {

    /** The complaints that were logged: a launcher may discover class by class. Any thread. */
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    /** For JUnit. */
    public UnknownParameters() {}

    @Override
    public void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
        for (String complaint :
                UnknownNames.complaints(request.getConfigurationParameters().keySet())) {
            if (SAID.add(complaint)) {
                Log.log(Level.WARNING, complaint);
            }
        }
    }
}
