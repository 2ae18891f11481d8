package dev.asyncloop.samples.containers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A socket behind which there is the machine's Docker engine, until it dies or hangs there. */
final class EngineRelay implements AutoCloseable {

    private final Path socket;
    private final UnixDomainSocketAddress engine;
    private final ServerSocketChannel server;
    private final Queue<SocketChannel> channels = new ConcurrentLinkedQueue<>();
    private volatile boolean hangs;

    /** Listens at {@code socket}. */
    EngineRelay(Path socket, Path engine) throws IOException {
        this.socket = socket;
        this.engine = UnixDomainSocketAddress.of(engine);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = track(server.accept());
                SocketChannel behind = track(SocketChannel.open(engine));
                Thread.ofVirtual().start(() -> copy(client, behind));
                Thread.ofVirtual().start(() -> copy(behind, client));
            }
        } catch (ClosedChannelException closed) {
            // by die()
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private SocketChannel track(SocketChannel channel) throws IOException {
        channels.add(channel);
        if (!server.isOpen()) { // die() may have gone through them already
            channel.close();
        }
        return channel;
    }

    private void copy(SocketChannel from, SocketChannel to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = Channels.newInputStream(from);
            OutputStream out = Channels.newOutputStream(to);
            int read = in.read(buffer);
            while (read >= 0) {
                if (!hangs) {
                    out.write(buffer, 0, read);
                }
                read = in.read(buffer);
            }
        } catch (IOException ended) {
            // one of them has gone
        }
    }

    /** From now on it takes what it is sent, and answers nothing. */
    void hang() {
        hangs = true;
    }

    /** From now on nobody is there. */
    void die() throws IOException {
        server.close();
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        die();
        Files.delete(socket);
    }
}
