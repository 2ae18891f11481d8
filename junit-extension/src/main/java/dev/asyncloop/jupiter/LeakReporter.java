package dev.asyncloop.jupiter;

import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.account.LateReports;
import java.lang.System.Logger.Level;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where the findings of one test, class or run go besides its failure: the log, JUnit's report, and the files of the whole run. */
final class LeakReporter {

    private final ExtensionContext context;
    private final LeakFiles files;

    LeakReporter(ExtensionContext context, LeakFiles files) {
        this.context = context;
        this.files = files;
    }

    /** Where what is found later goes. */
    LateReports late() {
        return files.late(context);
    }

    /** An account is closed. */
    void closed(LeakReport report) {
        files.ended(context, report);
        report.warning().ifPresent(this::warn);
    }

    void warn(String text) {
        System.getLogger("dev.asyncloop").log(Level.WARNING, text);
        context.publishReportEntry("asyncloop.leaks", text);
    }
}
