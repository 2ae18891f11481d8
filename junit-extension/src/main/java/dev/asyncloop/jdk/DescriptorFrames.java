package dev.asyncloop.jdk;

import dev.asyncloop.origin.trace.Frames;
import java.util.List;

/** What the JDK's frames say of a file descriptor that is opened there. Any thread. */
public final class DescriptorFrames {

    /** Its two classes tell of the directories that they open, and of nothing else. */
    private static final String OPENS_DIRECTORIES = "sun.nio.fs.Unix";

    /** Where the JDK opens what all asynchronous channels share that name no group; nothing can close it. */
    private static final String DEFAULT_CHANNEL_GROUP = "defaultEventPort";

    /**
     * RMI keeps connections for some seconds, and for good the port of all objects that name none. Java 2D keeps the
     * files of fonts. What logs keeps the files that its configuration names, and those that come after them.
     */
    private static final List<String> KEEPERS = List.of(
            "sun.rmi.transport.", "sun.font.", "java.util.logging.LogManager", "java.util.logging.FileHandler.publish");

    private DescriptorFrames() {}

    /**
     * Whether the JDK keeps what was opened there, so that nobody else can close it; but not what code opened that the
     * JDK called.
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

    /** Whether it opens what stays open for all: for loading classes and services, and for channels without a group. */
    public static boolean opensForAll(StackTraceElement frame) {
        return frame.getClassName().startsWith("jdk.internal.loader.")
                || frame.getClassName().startsWith("java.util.ServiceLoader")
                || (frame.getMethodName().equals(DEFAULT_CHANNEL_GROUP)
                        && frame.getClassName().startsWith("sun.nio.ch."));
    }
}
