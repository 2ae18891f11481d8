package dev.asyncloop.jupiter.leaks;

import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.account.LateReports;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Where the findings of one test, class or run go besides its failure: the log, JUnit's report, and the files of the
 * whole run.
 */
public final class LeakReporter {

    private final ExtensionContext context;
    private final LeakFiles files;

    public LeakReporter(ExtensionContext context, LeakFiles files) {
        this.context = context;
        this.files = files;
    }

    /** Where what is found later goes. */
    public LateReports late() {
        return files.late(context);
    }

    /** An account is closed. */
    public void closed(LeakReport report) {
        files.ended(context, report);
        report.warning().ifPresent(this::warn);
    }

    public void warn(String text) {
        Log.log(Level.WARNING, text);
        context.publishReportEntry("asyncloop.leaks", text);
    }
}
