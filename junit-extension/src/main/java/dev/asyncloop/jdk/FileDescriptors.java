package dev.asyncloop.jdk;

import java.io.FileDescriptor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The numbers of file descriptors. The package {@code java.io} must be open to us before the first use. Any thread. */
public final class FileDescriptors {

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

    /** The number; negative if the descriptor has none yet, or none any more. */
    public static int numberOf(FileDescriptor descriptor) {
        return (int) NUMBER.get(descriptor);
    }
}
