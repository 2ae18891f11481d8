package dev.asyncloop.testing;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Takes what asyncloop logs while it is open, instead of the console. */
public final class LogCapture implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger("dev.asyncloop");

    private final BlockingQueue<LogRecord> records = new LinkedBlockingQueue<>();

    private LogCapture() {}

    public static LogCapture start() {
        LogCapture capture = new LogCapture();
        LOGGER.setFilter(logged -> {
            capture.records.add(logged);
            return false;
        });
        return capture;
    }

    /** The next record; waits for it, at most 20 s. */
    public LogRecord next() {
        try {
            LogRecord next = records.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing was logged");
            }
            return next;
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted while nothing was logged", interrupted);
        }
    }

    /** The messages logged so far, and not taken. */
    public List<String> messages() {
        return records.stream().map(LogRecord::getMessage).toList();
    }

    public boolean isEmpty() {
        return records.isEmpty();
    }

    @Override
    public void close() {
        LOGGER.setFilter(null);
    }
}
