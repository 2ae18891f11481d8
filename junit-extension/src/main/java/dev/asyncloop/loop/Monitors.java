package dev.asyncloop.loop;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells whether a virtual thread waits to enter a monitor that a certain platform thread holds.
 *
 * <p>No API says which monitor a virtual thread waits for, but the JDK's thread dump does (since 25; up to 23 a virtual thread
 * that blocks on a monitor keeps its carrier, and in 24 this stays unknown). A dump takes milliseconds: only for a loop that
 * stands still.
 */
final class Monitors {

    private Monitors() {}

    static boolean heldBy(Thread holder, Thread blocked) {
        if (blocked.getState() != Thread.State.BLOCKED) {
            return false;
        }
        ThreadInfo info =
                ManagementFactory.getThreadMXBean().getThreadInfo(new long[] {holder.threadId()}, true, false)[0];
        return info != null
                && info.getLockedMonitors().length > 0
                && blockedOn(blocked)
                        .filter(monitor -> Stream.of(info.getLockedMonitors())
                                .anyMatch(held -> named(held).equals(monitor)))
                        .isPresent();
    }

    private static String named(java.lang.management.MonitorInfo held) {
        return held.getClassName() + "@" + Integer.toHexString(held.getIdentityHashCode());
    }

    private static Optional<String> blockedOn(Thread thread) {
        Pattern entry = Pattern.compile(
                "\"tid\": \"?" + thread.threadId() + "\"?,(?:(?!\"tid\").)*?\"blockedOn\": \"([^\"]+)\"",
                Pattern.DOTALL);
        try {
            Path folder = Files.createTempDirectory("asyncloop");
            Path dump = folder.resolve("threads.json");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
                Matcher found = entry.matcher(Files.readString(dump));
                return found.find() ? Optional.of(found.group(1)) : Optional.empty();
            } finally {
                Files.deleteIfExists(dump);
                Files.delete(folder);
            }
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }
}
