package dev.asyncloop.jupiter.leaks;

import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.account.LateReports;
import dev.asyncloop.leak.text.Repeats;
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

    /** Reports an account that was closed. The log tells what no earlier test had. */
    public void closed(LeakReport report) {
        files.ended(context, report);
        Repeats.Told told = files.summary().repeats().tell(report);
        told.first().ifPresent(text -> Log.log(Level.WARNING, text));
        told.all().ifPresent(this::publish);
    }

    public void warn(String text) {
        Log.log(Level.WARNING, text);
        publish(text);
    }

    private void publish(String text) {
        context.publishReportEntry("asyncloop.leaks", text);
    }
}
