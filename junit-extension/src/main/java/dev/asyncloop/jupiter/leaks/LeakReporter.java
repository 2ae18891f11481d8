package dev.asyncloop.jupiter.leaks;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.account.LateReports;
import dev.asyncloop.leak.detect.Surroundings;
import dev.asyncloop.leak.text.Repeats;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Reports the leaks of one test, class or run besides its failure: to the log, to JUnit's report, and to the files of
 * the run. Any thread.
 */
public final class LeakReporter {

    private final ExtensionContext context;
    private final LeakFiles files;

    public LeakReporter(ExtensionContext context, LeakFiles files) {
        this.context = context;
        this.files = files;
    }

    /** Who gets the reports of leaks that are found later. */
    public LateReports late() {
        return files.late(context);
    }

    /** Where the owner of the account keeps things. */
    public Surroundings places() {
        return new PlacesOfContext(context);
    }

    /** What the test or class failed with, or was aborted by. Empty if it did not fail, as far as JUnit says. */
    public Optional<Throwable> failure() {
        return context.getExecutionException();
    }

    /** What aborted the test or class: an assumption that failed. Empty if nothing has, as far as JUnit says. */
    public Optional<Throwable> abortion() {
        return failure().filter(LeakReporter::isAbortion);
    }

    /** Whether JUnit takes what was thrown for an assumption that failed. */
    public static boolean isAbortion(Throwable thrown) {
        boolean aborts = thrown instanceof TestAbortedException;
        for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
            aborts |= type.getName().equals("org.junit.internal.AssumptionViolatedException"); // of JUnit 4
        }
        return aborts;
    }

    /** Reports an account that was closed. The log tells what no earlier test had. */
    public void closed(LeakReport report) {
        files.ended(context, report);
        Repeats.Told told = files.summary().repeats().tell(report);
        told.first().ifPresent(text -> Log.log(Level.WARNING, text));
        told.all().ifPresent(this::publish);
    }

    /** Reports the account of what was aborted: its leaks fail nobody. */
    public void closedAfterAbortion(LeakReport report) {
        List<Leak> warnings = new ArrayList<>(report.failing());
        warnings.addAll(report.warnings());
        closed(new LeakReport(report.owner(), List.of(), warnings, report.known(), report.kept(), report.suspects()));
    }

    public void warn(String text) {
        Log.log(Level.WARNING, text);
        publish(text);
    }

    private void publish(String text) {
        context.publishReportEntry("asyncloop.leaks", text);
    }
}
