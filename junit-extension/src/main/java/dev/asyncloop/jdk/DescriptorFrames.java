package dev.asyncloop.jdk;

import dev.asyncloop.origin.trace.Frames;
import java.util.List;

/** Tells by the JDK's frames what a file descriptor was opened for. Any thread. */
public final class DescriptorFrames {

    /** The beginning of the names of the two classes that open directories, and nothing else that hooks tell of. */
    private static final String OPENS_DIRECTORIES = "sun.nio.fs.Unix";

    /** The method in which the JDK opens what all asynchronous channels without a group share; nothing can close it. */
    private static final String DEFAULT_CHANNEL_GROUP = "defaultEventPort";

    /**
     * Methods and packages of the JDK that keep what they open. RMI keeps connections for some seconds, and for ever
     * the port of all objects that name none. Java 2D keeps the files of fonts. The JDK's logging keeps the files of
     * its configuration, and their successors.
     */
    private static final List<String> KEEPERS = List.of(
            "sun.rmi.transport.", "sun.font.", "java.util.logging.LogManager", "java.util.logging.FileHandler.publish");

    private DescriptorFrames() {}

    /**
     * Whether the JDK itself opened and keeps it, so that nobody else can close it. What user code opened when the JDK
     * called it does not count.
     */
    public static boolean isKept(List<StackTraceElement> opened) {
        return opened.stream()
                .takeWhile(Frames::isJdk)
                .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                .anyMatch(method -> KEEPERS.stream().anyMatch(method::startsWith));
    }

    /** Whether it opens a directory, by two descriptors. */
    public static boolean opensDirectory(StackTraceElement frame) {
        return frame.getClassName().startsWith(OPENS_DIRECTORIES);
    }

    /**
     * Whether it opens something that stays open for everybody: to load classes or services, or for channels without a
     * group.
     */
    public static boolean opensForAll(StackTraceElement frame) {
        return frame.getClassName().startsWith("jdk.internal.loader.")
                || frame.getClassName().startsWith("java.util.ServiceLoader")
                || (frame.getMethodName().equals(DEFAULT_CHANNEL_GROUP)
                        && frame.getClassName().startsWith("sun.nio.ch."));
    }
}
