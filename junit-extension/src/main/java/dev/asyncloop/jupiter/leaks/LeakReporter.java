package dev.asyncloop.jupiter.leaks;

import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.account.LateReports;
import dev.asyncloop.leak.detect.Surroundings;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import org.junit.jupiter.api.extension.ExtensionContext;

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

    /** Reports an account that was closed. */
    public void closed(LeakReport report) {
        files.ended(context, report);
        report.warning().ifPresent(this::warn);
    }

    public void warn(String text) {
        Log.log(Level.WARNING, text);
        context.publishReportEntry("asyncloop.leaks", text);
    }
}
