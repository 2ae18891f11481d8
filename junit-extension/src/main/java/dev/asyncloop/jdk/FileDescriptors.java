package dev.asyncloop.jdk;

import java.io.FileDescriptor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The numbers of file descriptors, and what the JDK's frames say of one that is opened there. Any thread. */
public final class FileDescriptors {

    /** Its two classes tell of the directories that they open, and of nothing else. */
    private static final String OPENS_DIRECTORIES = "sun.nio.fs.Unix";

    /** Where the JDK opens what all asynchronous channels share that name no group; nothing can close it. */
    private static final String DEFAULT_CHANNEL_GROUP = "defaultEventPort";

    private static final VarHandle NUMBER;

    static {
        try {
            NUMBER = MethodHandles.privateLookupIn(FileDescriptor.class, MethodHandles.lookup())
                    .findVarHandle(FileDescriptor.class, "fd", int.class);
        } catch (ReflectiveOperationException unknownJdk) {
            throw new IllegalStateException("asyncloop does not know this JDK: " + Runtime.version(), unknownJdk);
        }
    }

    private FileDescriptors() {}

    /** The number; negative where the descriptor has none yet, or none any more. The package java.io must be open to us. */
    public static int numberOf(FileDescriptor descriptor) {
        return (int) NUMBER.get(descriptor);
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
