package dev.asyncloop.jdk;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who held which monitor at one moment, and who waited to enter it.
 *
 * <p>No API tells that of a virtual thread, but the JDK's thread dump does, since JDK 25. Up to JDK 23 a virtual thread
 * that blocks on a monitor keeps its carrier; in 24 the holder stays unknown. A dump takes milliseconds, so it is only
 * for a loop that stands still.
 */
public final class Monitors {

    private static final Pattern THREAD = Pattern.compile("\"tid\": \"?(\\d+)\"?,");
    private static final Pattern BLOCKED = Pattern.compile("\"blockedOn\": \"([^\"]+)\",?");

    /** A monitor that a thread holds: no other text in a dump has this form. */
    private static final Pattern HELD = Pattern.compile("\"([^\" (]+@[0-9a-f]+)\",?");

    /** The monitor that a thread waits for, by the thread's id. */
    private final Map<Long, String> blockedOn = new HashMap<>();

    private final Map<String, Long> holders = new HashMap<>();

    private Monitors() {}

    /** Takes a dump now. On a JDK whose dump does not tell, nothing is known. */
    public static Monitors look() {
        Monitors seen = new Monitors();
        seen.read(dump());
        return seen;
    }

    /** The id of the thread that holds the monitor that {@code blocked} waits to enter; null if unknown. */
    public @Nullable Long holderFor(Thread blocked) {
        String monitor = blockedOn.get(blocked.threadId());
        return monitor == null ? null : holders.get(monitor);
    }

    private void read(List<String> dump) {
        long thread = 0;
        for (String line : dump) {
            String text = line.strip();
            Matcher matcher;
            if ((matcher = THREAD.matcher(text)).matches()) {
                thread = Long.parseLong(matcher.group(1));
            } else if ((matcher = BLOCKED.matcher(text)).matches()) {
                blockedOn.put(thread, matcher.group(1));
            } else if ((matcher = HELD.matcher(text)).matches()) {
                holders.put(matcher.group(1), thread);
            }
        }
    }

    private static List<String> dump() {
        try {
            Path folder = Files.createTempDirectory("asyncloop");
            Path file = folder.resolve("threads.json");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpThreads(file.toString(), ThreadDumpFormat.JSON);
                return Files.readAllLines(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException unknown) {
            return List.of();
        }
    }
}
