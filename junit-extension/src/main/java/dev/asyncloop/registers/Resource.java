package dev.asyncloop.registers;

import dev.asyncloop.agent.Hook;
import org.jspecify.annotations.Nullable;

/** What has to be ended by hand, and is neither a thread or the like nor a file descriptor. */
public enum Resource {
    /** A thread that runs when the JVM ends. */
    SHUTDOWN_HOOK("java.lang.ApplicationShutdownHooks"),
    /** A {@code java.net.http.HttpClient}. */
    HTTP_CLIENT("jdk.internal.net.http.HttpClientImpl"),
    /** The memory of an {@code Arena.ofShared()}. */
    SHARED_ARENA("jdk.internal.foreign.SharedSession"),
    /** A {@code jdk.jfr.Recording}. */
    RECORDING("jdk.jfr.Recording"),
    /** A {@code JMXConnectorServer} that was started. */
    CONNECTOR_SERVER("javax.management.remote.rmi.RMIConnectorServer");

    private static final Resource[] ALL = values();

    private final String type;

    /** {@code type} is the class that tells of it. */
    Resource(String type) {
        this.type = type;
    }

    /** What {@code thing} is; null for another thing that is told in the same place, such as an automatic arena. */
    static @Nullable Resource of(Object thing) {
        if (thing instanceof Thread) {
            return SHUTDOWN_HOOK;
        }
        String name = thing.getClass().getName();
        for (Resource each : ALL) {
            if (each.type.equals(name)) {
                return each;
            }
        }
        return null;
    }

    /** Whether {@code hook} is for one of them. */
    static boolean isIn(Hook hook) {
        for (Resource each : ALL) {
            if (each.type.equals(hook.place().target())) {
                return true;
            }
        }
        return false;
    }
}
