package dev.asyncloop.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.VirtualMachine;
import net.bytebuddy.agent.VirtualMachine.ForHotSpot;
import net.bytebuddy.agent.VirtualMachine.ForHotSpot.Connection;
import net.bytebuddy.agent.VirtualMachine.ForHotSpot.Connection.Factory.ForSocketFile;

/**
 * Attaches to the JVM that it runs in. The JDK lets only another process do that, so {@link ByteBuddyAgent} starts a
 * second JVM for it. This is quicker: Byte Buddy speaks to our own JVM by its socket, and another process only sends
 * the signal at which the JVM makes the socket. On Linux.
 */
final class SelfAttachment extends ForSocketFile {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String CAUGHT = "SigCgt:\t";
    private static final int QUIT_BIT = 1 << 2;
    private static final int WAIT_MILLIS = 2_000;

    private SelfAttachment() {
        super("/tmp", WAIT_MILLIS, 1, TimeUnit.MILLISECONDS);
    }

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
            attachHere();
            return true;
        } catch (Exception | LinkageError otherJvm) { // or another Byte Buddy
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

    private static void attachHere() throws IOException, URISyntaxException {
        Path agent = Path.of(ByteBuddyAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        VirtualMachine machine =
                ForHotSpot.attach(Long.toString(ProcessHandle.current().pid()), new SelfAttachment());
        try {
            machine.loadAgent(agent.toString());
        } finally {
            machine.detach();
        }
    }

    @Override
    protected void kill(String processId, int signal) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + processId)
                    .start()
                    .waitFor();
        } catch (IOException noShell) {
            throw new IllegalStateException(noShell);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected Connection doConnect(File socket) throws IOException {
        return new Channel(SocketChannel.open(UnixDomainSocketAddress.of(socket.toPath())));
    }

    /** A connection to the JVM. A command has five parts, each ended by a zero. */
    private record Channel(SocketChannel channel) implements Connection, Connection.Response {

        private static final int PARTS = 4;

        @Override
        public Response execute(String protocol, String... parts) throws IOException {
            StringBuilder command = new StringBuilder(protocol).append('\0');
            for (int i = 0; i < PARTS; i++) {
                command.append(i < parts.length ? parts[i] : "").append('\0');
            }
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(command.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return this;
        }

        @Override
        public int read(byte[] buffer) throws IOException {
            return channel.read(ByteBuffer.wrap(buffer));
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
