package dev.asyncloop.leak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What an owner has left behind: what fails it, what is only worth a warning, and what is known. */
public final class LeakReport {

    /** What an account of the whole run is called. */
    public static final String OF_RUN = "the test run";

    static final LeakReport NOTHING = new LeakReport("", List.of(), List.of(), List.of());

    private final String owner;
    private final List<Leak> failing;
    private final List<Leak> warnings;

    /** Those of a baseline. */
    private final List<Leak> known;

    /** Who may have left it, where nobody knows; else empty. */
    private final List<String> suspects;

    LeakReport(String owner, List<Leak> failing, List<Leak> warnings, List<Leak> known) {
        this(owner, failing, warnings, known, List.of());
    }

    private LeakReport(String owner, List<Leak> failing, List<Leak> warnings, List<Leak> known, List<String> suspects) {
        this.owner = owner;
        this.failing = failing;
        this.warnings = warnings;
        this.known = known;
        this.suspects = suspects;
    }

    /** What one of {@code suspects} left behind. */
    static LeakReport ofNobody(List<String> suspects, List<Leak> leaks, Predicate<? super Leak> known) {
        List<Leak> silent = new ArrayList<>();
        List<Leak> told = new ArrayList<>();
        leaks.forEach(leak -> (known.test(leak) ? silent : told).add(leak));
        return new LeakReport(OF_RUN, List.of(), told, silent, suspects);
    }

    boolean isEmpty() {
        return failing.isEmpty() && warnings.isEmpty() && known.isEmpty();
    }

    /** The same where nobody can fail any more. */
    LeakReport withoutFailures() {
        return new LeakReport(
                owner,
                List.of(),
                Stream.concat(failing.stream(), warnings.stream()).toList(),
                known,
                suspects);
    }

    List<Leak> warnings() {
        return warnings;
    }

    /** What fails it; empty where nothing does. */
    public Optional<LeakError> failure() {
        return failing.isEmpty() ? Optional.empty() : Optional.of(new LeakError(owner, failing));
    }

    /** Logs the warning, where there is one. */
    void logWarning() {
        warning().ifPresent(LeakLog::warn);
    }

    /** The text of the warning, as that of a {@link LeakError}; empty where there is none. */
    public Optional<String> warning() {
        return warnings.isEmpty()
                ? Optional.empty()
                : Optional.of(String.valueOf(new LeakError(owner, warnings).getMessage()));
    }

    /**
     * Appends a JSON object to a file for each entry of what fails, is warned of or is known, in a line of its own. Several threads and
     * JVMs may append to one file.
     *
     * @param test what identifies the test or class
     * @param name what it is called
     * @throws IOException if that is not possible
     */
    public void appendTo(Path file, String test, String name) throws IOException {
        StringBuilder text = new StringBuilder();
        append(text, failing, LeakMode.FAIL.toString(), test, name);
        append(text, warnings, LeakMode.WARN.toString(), test, name);
        append(text, known, "known", test, name);
        if (text.isEmpty()) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes); // at once, so that lines of several writers do not mix
            }
        }
    }

    private void append(StringBuilder text, List<Leak> leaks, String mode, String test, String name) {
        new Folding(leaks).forEach((alike, above) -> {
            Leak first = alike.first();
            JsonLine line = new JsonLine()
                    .with("kind", first.kind())
                    .with("mode", mode)
                    .with("test", test)
                    .with("name", name)
                    .with("owner", owner)
                    .with("what", first.what())
                    .with("count", alike.all().size())
                    .with("others", alike.differences().toList())
                    .with("created", first.created())
                    .with("waiting", first.waiting())
                    .with("fix", first.fix());
            if (above != null) {
                line.with("below", above.what());
            }
            if (!suspects.isEmpty()) {
                line.with("suspects", suspects);
            }
            text.append(line);
        });
    }
}
