package dev.asyncloop.samples.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A map in a file. Each change is a line {@code key=value} at its end, and {@link #compact} writes it anew with the last
 * one of each key. Whoever may call it, one virtual thread writes.
 */
final class KeyValueStore implements AutoCloseable {

    private final Path file;
    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("store-writer").factory());

    /** Only the writer uses it, until it has ended. */
    private FileChannel log;

    KeyValueStore(Path file) throws IOException {
        this.file = file;
        log = open(file);
        Files.readAllLines(file).stream()
                .map(line -> line.split("=", 2))
                .forEach(keyAndValue -> values.put(keyAndValue[0], keyAndValue[1]));
    }

    String get(String key) {
        return values.get(key);
    }

    /** Done when the change is on the disk. */
    CompletableFuture<Void> put(String key, String value) {
        return onWriter(() -> {
            append(log, key, value);
            log.force(false);
            values.put(key, value);
        });
    }

    /** Done when the file has one line for each key. */
    CompletableFuture<Void> compact() {
        return onWriter(() -> {
            Path compacted = file.resolveSibling(file.getFileName() + ".compacted");
            FileChannel replacement = open(compacted);
            for (Map.Entry<String, String> entry : values.entrySet()) {
                append(replacement, entry.getKey(), entry.getValue());
            }
            Files.move(compacted, file, ATOMIC_MOVE);
            log.close();
            log = replacement;
        });
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, CREATE, APPEND);
    }

    private static void append(FileChannel log, String key, String value) throws IOException {
        log.write(ByteBuffer.wrap((key + "=" + value + "\n").getBytes(UTF_8)));
    }

    @FunctionalInterface
    private interface Change {
        void write() throws IOException;
    }

    private CompletableFuture<Void> onWriter(Change change) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        change.write();
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                },
                writer);
    }

    /** Returns when everything is written. */
    @Override
    public void close() throws IOException {
        writer.close();
        log.close();
    }
}
