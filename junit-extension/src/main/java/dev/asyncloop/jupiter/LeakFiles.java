package dev.asyncloop.jupiter;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.account.LateReports;
import dev.asyncloop.leak.text.JsonLines;
import dev.asyncloop.leak.verdict.Baseline;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The files about leaks that a run reads and writes, as configured. JUnit closes it after the last test. A file that is no good is said to
 * be so in one line, and the run goes on without it. Any thread.
 */
final class LeakFiles implements AutoCloseable {

    private static final String PARAMETER = Constants.LEAKS_BASELINE_PARAMETER;
    private static final String WRITE_PARAMETER = Constants.LEAKS_BASELINE_WRITE_PARAMETER;

    private final @Nullable Baseline baseline;

    /** What the configuration calls it. */
    private final String name;

    private final boolean write;
    private final CompletedTests completed = new CompletedTests();

    /** Null where there is none, or it cannot be written. */
    private volatile @Nullable Path json;

    private LeakFiles(ExtensionContext context) {
        name = parameter(context, PARAMETER);
        write = isToWrite(context);
        baseline = read();
        json = jsonFile(context);
    }

    /** Those of the run that {@code context} is in. */
    static LeakFiles of(ExtensionContext context) {
        ExtensionContext root = context.getRoot();
        return root.getStore(Namespace.create(LeakFiles.class))
                .getOrComputeIfAbsent(LeakFiles.class, unread -> new LeakFiles(root), LeakFiles.class);
    }

    /** Empty where there is none. */
    private static String parameter(ExtensionContext context, String name) {
        return context.getConfigurationParameter(name).orElse("").strip();
    }

    private boolean isToWrite(ExtensionContext context) {
        String value = parameter(context, WRITE_PARAMETER);
        boolean wanted = value.equalsIgnoreCase("true");
        if (!wanted && !value.isEmpty() && !value.equalsIgnoreCase("false")) {
            warn("The configuration parameter " + WRITE_PARAMETER + " is '" + value
                    + "', which is ignored; it may be 'true' or 'false'");
        } else if (wanted && name.isEmpty()) {
            warn("The configuration parameter " + WRITE_PARAMETER + " is ignored: " + PARAMETER + " names no file");
        }
        return wanted;
    }

    private static @Nullable Path jsonFile(ExtensionContext context) {
        String name = parameter(context, Constants.LEAKS_JSON_PARAMETER);
        try {
            return name.isEmpty() ? null : Path.of(name);
        } catch (InvalidPathException wrong) {
            warnOfJson(name, wrong);
            return null;
        }
    }

    private @Nullable Baseline read() {
        if (name.isEmpty()) {
            return null;
        }
        try {
            return write ? Baseline.toWrite(Path.of(name)) : Baseline.read(Path.of(name));
        } catch (NoSuchFileException missing) {
            warnOfBaseline("is not there, and all leaks count; " + WRITE_PARAMETER + " = true writes it");
        } catch (IOException | InvalidPathException unreadable) {
            warnOfBaseline("cannot be read, and all leaks count: " + unreadable);
        } catch (IllegalArgumentException malformed) {
            warnOfBaseline("is ignored, and all leaks count: " + malformed.getMessage());
        }
        return null;
    }

    /** Whether there are leaks of which nobody wants to hear. */
    boolean knowAny() {
        return baseline != null;
    }

    /** Which leaks of a test or class, by its name in a baseline, nobody wants to hear of. */
    Predicate<Leak> known(String test) {
        return baseline == null ? leak -> false : baseline.of(test);
    }

    /** A test, an invocation, a dynamic test, a class or the whole run is over, and its leaks are judged. */
    void ended(ExtensionContext context, LeakReport report) {
        if (baseline != null && context.getParent().isPresent()) {
            completed.ended(context);
        }
        if (json != null) {
            append(report, context.getUniqueId(), context.getDisplayName());
        }
    }

    /** Where goes what is found of it when it is over. What is nobody's is the run's, whoever was the last: that may be another each time. */
    LateReports late(ExtensionContext context) {
        if (baseline == null && json == null) {
            return LateReports.NONE;
        }
        String test = context.getUniqueId();
        String name = context.getDisplayName();
        ExtensionContext root = context.getRoot();
        String run = root.getUniqueId();
        String nameOfRun = root.getDisplayName();
        return new LateReports(
                report -> append(report, test, name),
                known(LateReports.OF_RUN),
                report -> append(report, run, nameOfRun));
    }

    private void append(LeakReport report, String test, String name) {
        Path file = json;
        if (file != null) {
            try {
                new JsonLines(report, test, name).appendTo(file);
            } catch (IOException failed) {
                json = null;
                warnOfJson(file, failed);
            }
        }
    }

    @Override
    public void close() {
        if (baseline != null && write) {
            write(baseline);
        } else if (baseline != null) {
            compare(baseline);
        }
    }

    private void write(Baseline found) {
        try {
            int lines = found.write(completed);
            warnOfBaseline("was written, with " + count(lines) + "; no leak failed a test meanwhile");
        } catch (IOException | IllegalArgumentException failed) {
            warnOfBaseline("was not written, and no leak failed a test: " + failed);
        }
    }

    private void compare(Baseline known) {
        if (known.occurred() > 0) {
            logger().log(
                            Level.INFO,
                            "asyncloop: let leaks pass that " + known.occurred() + " of the " + count(known.size())
                                    + " of " + name + " name");
        }
        List<String> gone = known.gone(completed);
        if (!gone.isEmpty()) {
            warnOfBaseline("has " + count(gone.size()) + " to delete, since the leak did not occur:\n  "
                    + String.join("\n  ", gone));
        }
    }

    private static String count(int lines) {
        return lines + (lines == 1 ? " line" : " lines");
    }

    private void warnOfBaseline(String what) {
        warn("The baseline " + name + " (" + PARAMETER + ") " + what);
    }

    private static void warnOfJson(Object file, Exception thrown) {
        warn("The file of findings " + file + " (" + Constants.LEAKS_JSON_PARAMETER
                + ") cannot be written, and nothing more is: " + thrown);
    }

    private static void warn(String text) {
        logger().log(Level.WARNING, text);
    }

    private static System.Logger logger() {
        return System.getLogger("dev.asyncloop");
    }
}
