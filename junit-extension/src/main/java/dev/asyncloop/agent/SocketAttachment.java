package dev.asyncloop.agent;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.VirtualMachine;
import net.bytebuddy.agent.VirtualMachine.ForHotSpot;
import net.bytebuddy.agent.VirtualMachine.ForHotSpot.Connection;
import net.bytebuddy.agent.VirtualMachine.ForHotSpot.Connection.Factory.ForSocketFile;

/**
 * Attaches to the JVM that it runs in by the JVM's socket: Byte Buddy speaks to it, and another process only sends the
 * signal at which the JVM makes it. On Linux.
 */
final class SocketAttachment extends ForSocketFile {

    private static final int WAIT_MILLIS = 2_000;

    private SocketAttachment() {
        super("/tmp", WAIT_MILLIS, 1, TimeUnit.MILLISECONDS);
    }

    /** Loads the agent of Byte Buddy into this JVM. */
    static void attach() throws IOException, URISyntaxException {
        Path agent = Path.of(ByteBuddyAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        VirtualMachine machine =
                ForHotSpot.attach(Long.toString(ProcessHandle.current().pid()), new SocketAttachment());
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
