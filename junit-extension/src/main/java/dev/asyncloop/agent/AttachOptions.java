package dev.asyncloop.agent;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of the JVM that forbid to attach to it, or to load an agent so. They are asked for before anything is
 * tried: a JVM that nobody may attach to answers the signal with a dump of its threads. Any thread.
 */
final class AttachOptions {

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** Parts of the options themselves, and of those that name a file with options. */
    private static final List<String> HINTS =
            List.of("+DisableAttachMechanism", "-EnableDynamicAgentLoading", "@", "-XX:Flags", "VMOptionsFile");

    private AttachOptions() {}

    /** The option that forbids it; null if none does, or the JVM does not say. */
    static @Nullable String forbidding() {
        return mayBeGiven() ? given() : null;
    }

    /** Whether it is worth 25 ms of the JVM's start to ask it. On a JDK that we do not know, a default may be new. */
    private static boolean mayBeGiven() {
        if (!JdkEditor.knowsThisJdk()) {
            return true;
        }
        try {
            StringBuilder options = new StringBuilder(Files.readString(COMMAND_LINE, StandardCharsets.ISO_8859_1));
            for (String variable : VARIABLES) {
                options.append(System.getenv(variable));
            }
            boolean hinted = false;
            for (String hint : HINTS) {
                hinted |= options.indexOf(hint) >= 0;
            }
            return hinted;
        } catch (IOException otherSystem) {
            return true;
        }
    }

    private static @Nullable String given() {
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
