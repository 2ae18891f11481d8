package dev.asyncloop.testcontainers.engine;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.testcontainers.containers.output.OutputFrame;

/**
 * Keeps the end of a container's log while it starts. A container that does not start is removed, with its log. Any
 * thread.
 */
public final class LogTail implements Consumer<OutputFrame> {

    private static final int LINES = 20;

    private final Deque<String> lines = new ArrayDeque<>(); // under this object's monitor

    @Override
    public synchronized void accept(OutputFrame frame) {
        frame.getUtf8String().lines().map(String::stripTrailing).forEach(line -> {
            if (lines.size() == LINES) {
                lines.removeFirst();
            }
            lines.addLast(line);
        });
    }

    /** The end of the log, as the end of a sentence. */
    public synchronized String describe() {
        return describe(lines);
    }

    /** The end of {@code log}, as the end of a sentence. */
    static String of(String log) {
        List<String> all = log.lines().map(String::stripTrailing).toList();
        return describe(all.subList(Math.max(0, all.size() - LINES), all.size()));
    }

    private static String describe(Collection<String> end) {
        return end.isEmpty() ? "; its log is empty" : "; its log ends with\n    " + String.join("\n    ", end);
    }
}
