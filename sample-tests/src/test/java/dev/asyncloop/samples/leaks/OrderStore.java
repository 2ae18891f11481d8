package dev.asyncloop.samples.leaks;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A file of orders, one a line. */
final class OrderStore implements AutoCloseable {

    private final FileChannel file;

    OrderStore(Path path) throws IOException {
        file = FileChannel.open(path, CREATE, APPEND);
    }

    void add(String order) throws IOException {
        file.write(ByteBuffer.wrap((order + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
