package dev.asyncloop.leak.account;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakReport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Who hears, besides the log, of leaks that are found after an account is closed. Called when no account is open, on
 * the thread that closed the last one.
 *
 * @param ofOwner hears of what the leaks of this account's owner left behind later
 * @param known accepts the leaks without an owner that are known, and so not told
 * @param ofNobody hears of leaks without an owner; only asked of the account that is closed last
 */
public record LateReports(Consumer<LeakReport> ofOwner, Predicate<? super Leak> known, Consumer<LeakReport> ofNobody) {

    /** What an account of the whole run is called. */
    public static final String OF_RUN = "the test run";

    /** Nowhere. */
    public static final LateReports NONE = new LateReports(report -> {}, leak -> false, report -> {});
}
