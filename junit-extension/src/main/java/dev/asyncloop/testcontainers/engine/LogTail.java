package dev.asyncloop.testcontainers.engine;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.testcontainers.containers.output.OutputFrame;

/** The end of what a container logs, while it starts: a container that does not start is removed, and its log with it. Any thread. */
public final class LogTail implements Consumer<OutputFrame> {

    private static final int LINES = 20;

    private final Deque<String> lines = new ArrayDeque<>(); // guarded by this

    @Override
    public synchronized void accept(OutputFrame frame) {
        frame.getUtf8String().lines().map(String::stripTrailing).forEach(line -> {
            if (lines.size() == LINES) {
                lines.removeFirst();
            }
            lines.addLast(line);
        });
    }

    /** For the end of a sentence. */
    public synchronized String describe() {
        return describe(lines);
    }

    /** The end of a whole log, for the end of a sentence. */
    static String of(String log) {
        List<String> all = log.lines().map(String::stripTrailing).toList();
        return describe(all.subList(Math.max(0, all.size() - LINES), all.size()));
    }

    private static String describe(Collection<String> end) {
        return end.isEmpty() ? "; its log is empty" : "; its log ends with\n    " + String.join("\n    ", end);
    }
}
