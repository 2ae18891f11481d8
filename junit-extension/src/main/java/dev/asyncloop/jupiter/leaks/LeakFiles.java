package dev.asyncloop.jupiter.leaks;

import dev.asyncloop.jupiter.Constants;
import dev.asyncloop.jupiter.settings.Settings;
import dev.asyncloop.jupiter.settings.Stores;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.account.LateReports;
import dev.asyncloop.leak.text.JsonLines;
import dev.asyncloop.leak.verdict.Baseline;
import dev.asyncloop.text.Log;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The files about leaks that a run reads and writes, as configured. JUnit closes it after the last test. A file that
 * cannot be used is named in one line of the log, and the run goes on without it. Any thread.
 */
public final class LeakFiles implements AutoCloseable {

    private static final String PARAMETER = Constants.LEAKS_BASELINE_PARAMETER;
    private static final String WRITE_PARAMETER = Constants.LEAKS_BASELINE_WRITE_PARAMETER;

    private final @Nullable Baseline baseline;

    /** The path of the baseline as it is configured; empty without one. */
    private final String name;

    private final boolean write;
    private final CompletedTests completed = new CompletedTests();
    private final RunSummary summary = new RunSummary();

    /** The file of JSON lines. Null if none is configured, or it cannot be written. */
    private volatile @Nullable Path json;

    private LeakFiles(Settings settings) {
        name = settings.baseline().map(Path::toString).orElse("");
        write = settings.writesBaseline();
        baseline = name.isEmpty() ? null : read(settings.baseline().orElseThrow());
        json = settings.json().orElse(null);
        if (write && name.isEmpty()) {
            warn("The configuration parameter " + WRITE_PARAMETER + " is ignored: " + PARAMETER + " names no file");
        }
    }

    /** The files of the run that {@code context} is in. */
    static LeakFiles of(ExtensionContext context) {
        return Stores.get(
                context.getRoot().getStore(Namespace.create(LeakFiles.class)),
                LeakFiles.class,
                LeakFiles.class,
                () -> new LeakFiles(Settings.of(context)));
    }

    private @Nullable Baseline read(Path file) {
        try {
            return write ? Baseline.toWrite(file) : Baseline.read(file);
        } catch (NoSuchFileException missing) {
            warnOfBaseline("is not there, and all leaks count; " + WRITE_PARAMETER + " = true writes it");
        } catch (IOException unreadable) {
            warnOfBaseline("cannot be read, and all leaks count: " + unreadable);
        } catch (IllegalArgumentException malformed) {
            warnOfBaseline("is ignored, and all leaks count: " + malformed.getMessage());
        }
        return null;
    }

    /** What the run says after its last test. */
    RunSummary summary() {
        return summary;
    }

    /** Whether there is a baseline. */
    boolean knowAny() {
        return baseline != null;
    }

    /** Accepts the known leaks of a test or class; {@code test} is its name in a baseline. */
    Predicate<Leak> known(String test) {
        return baseline == null ? leak -> false : baseline.of(test);
    }

    /** Notes that a test, an invocation, a dynamic test, a class or the run is over, and that its leaks are judged. */
    void ended(ExtensionContext context, LeakReport report) {
        if (baseline != null && context.getParent().isPresent()) {
            completed.ended(context);
        }
        Path file = json;
        if (file != null) {
            append(file, report, context.getUniqueId(), context.getDisplayName());
        }
    }

    /**
     * Who gets the reports of leaks that are found after {@code context} is over. Leaks without an owner are the run's,
     * since another test may be the last one in each run.
     */
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
                report -> foundLate(report, test, name),
                known(LateReports.OF_RUN),
                report -> foundLate(report, run, nameOfRun));
    }

    private void foundLate(LeakReport report, String test, String name) {
        Path file = json;
        if (file != null) {
            append(file, report, test, name);
        }
    }

    private void append(Path file, LeakReport report, String test, String name) {
        try {
            new JsonLines(report, test, name).appendTo(file);
        } catch (IOException failed) {
            json = null;
            warnOfJson(file, failed);
        }
    }

    @Override
    public void close() {
        summary.log();
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
            Log.log(
                    Level.INFO,
                    "asyncloop: let leaks pass that " + known.occurred() + " of the " + count(known.size()) + " of "
                            + name + " name");
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
        Log.log(Level.WARNING, text);
    }
}
