package dev.asyncloop.agent;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * The options of the JVM that forbid to attach to it, or to load an agent so. They are asked for before anything is
 * tried: a JVM that nobody may attach to answers the signal with a dump of its threads. Any thread.
 */
final class AttachOptions {

    private AttachOptions() {}

    /** The option that forbids it; null if none does, or the JVM does not say. */
    static @Nullable String forbidding() {
        try {
            HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            if (jvm == null) {
                return null;
            }
            if (is(jvm, "DisableAttachMechanism", "true")) {
                return "-XX:+DisableAttachMechanism";
            }
            return is(jvm, "EnableDynamicAgentLoading", "false") ? "-XX:-EnableDynamicAgentLoading" : null;
        } catch (IllegalArgumentException | LinkageError unknown) { // another JVM, or one without management
            return null;
        }
    }

    private static boolean is(HotSpotDiagnosticMXBean jvm, String option, String value) {
        return jvm.getVMOption(option).getValue().equals(value);
    }
}
