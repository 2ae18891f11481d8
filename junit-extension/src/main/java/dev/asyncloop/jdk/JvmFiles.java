package dev.asyncloop.jdk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files and the socket that the JVM opens for itself, by their paths. Any thread. */
public final class JvmFiles {

    private static final Set<String> RANDOM_DEVICES = Set.of("/dev/random", "/dev/urandom");

    /** How the names of archives of classes end, after the last dot or slash. */
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

    /** Whether it is a device that the random number generators of the JDK keep open. */
    public static boolean isRandomDevice(String path) {
        return RANDOM_DEVICES.contains(path);
    }

    /**
     * Whether a file in the folder of the JDK is an archive of its classes. A trust store or a property file is not: a
     * test can leave those open like any other file.
     */
    public static boolean isArchive(String path) {
        return ARCHIVES.contains(path.substring(Math.max(path.lastIndexOf('.'), path.lastIndexOf('/')) + 1));
    }

    /**
     * Whether it is the socket on which the JVM listens once a tool has attached, such as jcmd, a profiler or an IDE.
     */
    public static boolean isAttachSocket(String path) {
        // the socket is named before its file is renamed, and keeps that name
        return path.endsWith("/.java_pid" + pid()) || path.endsWith("/.java_pid" + pid() + ".tmp");
    }

    /** Whether it is the file in which the JVM counts for jstat and jps. */
    public static boolean isPerformanceData(String path) {
        return path.equals("/tmp/hsperfdata_" + System.getProperty("user.name") + "/" + pid());
    }

    /**
     * The folder in which Flight Recorder writes its chunks, and reads them for its streams; null if it is not used.
     */
    public static @Nullable Path recordings() {
        String repository = System.getProperty("jdk.jfr.repository");
        return repository == null ? null : Path.of(repository);
    }

    private static long pid() {
        return ProcessHandle.current().pid(); // which takes the JDK some milliseconds when it is first asked
    }
}
