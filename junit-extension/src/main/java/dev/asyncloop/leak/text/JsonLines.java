package dev.asyncloop.leak.text;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakMode;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.subject.Holder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The entries of one report as JSON objects, each on its own line.
 *
 * @param report the leaks
 * @param test the unique id of the test or class
 * @param name the display name of the test or class
 */
public record JsonLines(LeakReport report, String test, String name) {

    /**
     * Appends the lines of the failures, the warnings, the known leaks and what is kept to a file. Several threads and JVMs may
     * append to one file.
     *
     * @throws IOException if that is not possible
     */
    public void appendTo(Path file) throws IOException {
        String text = toString();
        if (text.isEmpty()) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes); // all at once, so that lines of several writers do not mix
            }
        }
    }

    /** The lines; empty if there are no leaks. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text, report.failing(), LeakMode.FAIL.toString());
        append(text, report.warnings(), LeakMode.WARN.toString());
        append(text, report.known(), "known");
        append(text, report.kept(), "kept");
        return text.toString();
    }

    private void append(StringBuilder text, List<Leak> leaks, String mode) {
        new Folding(leaks).forEach((alike, above) -> {
            Leak first = alike.first();
            JsonLine line = new JsonLine()
                    .with("kind", first.kind())
                    .with("mode", mode)
                    .with("test", test)
                    .with("name", name)
                    .with("owner", report.owner())
                    .with("what", first.what())
                    .with("count", alike.all().size())
                    .with("others", alike.differences().toList())
                    .with("created", first.created())
                    .with("waiting", first.waiting())
                    .with("fix", first.fix());
            Holder holder = first.held();
            if (holder != null) {
                HolderWords.of(holder, first.kind()).ifPresent(words -> line.with("held", words));
            }
            StackTraceElement testLine = first.testLine();
            if (testLine != null) {
                line.with("test-line", testLine);
            }
            if (above != null) {
                line.with("below", above.what());
            }
            if (!report.suspects().isEmpty()) {
                line.with("suspects", report.suspects());
            }
            text.append(line);
        });
    }
}
