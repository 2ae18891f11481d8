package dev.asyncloop.leak.verdict;

import dev.asyncloop.leak.Leak;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The leaks that a project knew of when it switched the checks on, read from a file that it keeps with its sources.
 * Remembers which of them occurred. Any thread.
 */
public final class Baseline {

    private final Path file;

    /** Empty if every leak that is found is to be known from now on. */
    private final Optional<BaselineText> text;

    private final Set<KnownLeak> occurred = ConcurrentHashMap.newKeySet();

    private Baseline(Path file, Optional<BaselineText> text) {
        this.file = file;
        this.text = text;
    }

    /**
     * Reads the baseline of a file.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if the file has a wrong line; the message has its number
     */
    public static Baseline read(Path file) throws IOException {
        return new Baseline(file, Optional.of(BaselineText.parse(Files.readAllLines(file))));
    }

    /**
     * A baseline that knows every leak. It is written after all tests.
     *
     * @throws IOException if there is a file that cannot be read
     * @throws IllegalArgumentException if there is a file that has a wrong line
     */
    public static Baseline toWrite(Path file) throws IOException {
        if (Files.exists(file)) {
            read(file); // fails if it is no baseline, so that no other file is overwritten
        }
        return new Baseline(file, Optional.empty());
    }

    /** Accepts the leaks of a test or class that this knows; {@code test} is its name in the file. */
    public Predicate<Leak> of(String test) {
        return leak -> knows(test, leak);
    }

    private boolean knows(String test, Leak leak) {
        List<KnownLeak> names = KnownLeak.namesOf(test, leak);
        Optional<KnownLeak> known = text.isEmpty()
                ? Optional.of(names.getLast())
                : names.stream().filter(text.get()::contains).findFirst();
        known.ifPresent(occurred::add);
        return known.isPresent();
    }

    /** The number of its lines that occurred. */
    public int occurred() {
        return occurred.size();
    }

    /** The number of its lines. */
    public int size() {
        return text.map(read -> read.lines().size()).orElse(0);
    }

    /**
     * The lines that did not occur although the whole of their test or class ran, sorted. {@code complete} says what
     * ran as a whole.
     */
    public List<String> gone(Predicate<String> complete) {
        return text.stream()
                .flatMap(read -> read.lines().stream())
                .filter(known -> isGone(known, complete))
                .map(KnownLeak::toString)
                .toList();
    }

    private boolean isGone(KnownLeak known, Predicate<String> complete) {
        return !occurred.contains(known) && complete.test(known.test());
    }

    /**
     * Adds what occurred to the file, and removes lines that did not occur although the whole of their test or class
     * ran. A comment stays above its line. JVMs that write the same file take turns.
     *
     * @return the number of lines that the file has now
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException if the file has a wrong line by now
     */
    public int write(Predicate<String> complete) throws IOException {
        synchronized (Baseline.class) { // a file lock belongs to the whole JVM
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
                channel.lock(); // until any channel of this JVM to the file is closed
                BaselineText written =
                        BaselineText.parse(lines(channel)).with(occurred).without(known -> isGone(known, complete));
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(written.toString());
                channel.truncate(0);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                return written.lines().size();
            }
        }
    }

    private static List<String> lines(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // goes on
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(bytes.flip())
                .toString()
                .lines()
                .toList();
    }
}
