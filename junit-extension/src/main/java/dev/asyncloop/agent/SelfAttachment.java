package dev.asyncloop.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.agent.ByteBuddyAgent;

/**
 * Attaches to the JVM that it runs in. The JDK lets only another process do that, so {@link ByteBuddyAgent} starts a
 * second JVM for it. On Linux a {@link SocketAttachment} is quicker.
 */
final class SelfAttachment {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String CAUGHT = "SigCgt:\t";
    private static final int QUIT_BIT = 1 << 2;

    private SelfAttachment() {}

    /**
     * Attaches by the socket, or if that fails, by a second JVM.
     *
     * @throws IllegalStateException if neither is possible
     */
    static Instrumentation attach() {
        return attachBySocket() ? ByteBuddyAgent.getInstrumentation() : ByteBuddyAgent.install();
    }

    /** Attaches by the socket; false if that is not possible. */
    static boolean attachBySocket() {
        if (!isHotSpot() || !isQuitCaught()) {
            return false;
        }
        try {
            SocketAttachment.attach();
            return true;
        } catch (Exception | LinkageError otherJvm) { // or an old Byte Buddy, which has no such class
            return false;
        }
    }

    /** Whether the JVM is HotSpot. OpenJ9 would answer the signal with a file. */
    private static boolean isHotSpot() {
        return !System.getProperty("java.vm.name", "").contains("J9");
    }

    /** Whether the JVM handles the signal. If options keep it from doing so, the signal would end it. */
    private static boolean isQuitCaught() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(CAUGHT)) {
                    return (Long.parseUnsignedLong(line.substring(CAUGHT.length()), 16) & QUIT_BIT) != 0;
                }
            }
        } catch (IOException otherSystem) {
            // see below
        }
        return false;
    }
}
