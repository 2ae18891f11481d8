package dev.asyncloop.jdk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files and the socket that the JVM opens for itself, by their paths. Any thread. */
public final class JvmFiles {

    private static final Set<String> RANDOM_DEVICES = Set.of("/dev/random", "/dev/urandom");

    /** What the names of the archives that classes are loaded from end in, after the last dot or slash. */
    private static final Set<String> ARCHIVES = Set.of("modules", "jar", "jmod", "sym", "jsa");

    private static final List<String> CLASS_PATHS =
            List.of("java.class.path", "jdk.module.path", "jdk.module.upgrade.path");

    private JvmFiles() {}

    /** The paths that the JVM was told to load classes from; empty strings among them. */
    public static List<String> classPaths() {
        List<String> paths = new ArrayList<>();
        for (String property : CLASS_PATHS) {
            paths.add(System.getProperty(property, ""));
        }
        return paths;
    }

    /** Whether the random number generators of the JDK read it, and keep it. */
    public static boolean isRandomDevice(String path) {
        return RANDOM_DEVICES.contains(path);
    }

    /**
     * Whether a file in the folder of the JDK is one that its classes come from. A trust store or a property file is
     * none: a test can leave that open like any other file.
     */
    public static boolean isArchive(String path) {
        return ARCHIVES.contains(path.substring(Math.max(path.lastIndexOf('.'), path.lastIndexOf('/')) + 1));
    }

    /** Whether the JVM listens on it once a tool has attached to it, such as jcmd, a profiler or an IDE. */
    public static boolean isAttachSocket(String path) {
        // the socket is named before its file is renamed, and keeps that name
        return path.endsWith("/.java_pid" + pid()) || path.endsWith("/.java_pid" + pid() + ".tmp");
    }

    /** Whether it is where the JVM counts for jstat and jps. */
    public static boolean isPerformanceData(String path) {
        return path.equals("/tmp/hsperfdata_" + System.getProperty("user.name") + "/" + pid());
    }

    /** Where Flight Recorder writes its chunks, and reads them for its streams; null where it does not. */
    public static @Nullable Path recordings() {
        String repository = System.getProperty("jdk.jfr.repository");
        return repository == null ? null : Path.of(repository);
    }

    private static long pid() {
        return ProcessHandle.current().pid(); // which takes the JDK some milliseconds when it is first asked
    }
}
