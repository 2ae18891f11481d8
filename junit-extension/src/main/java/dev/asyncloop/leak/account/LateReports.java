package dev.asyncloop.leak.account;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakReport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Where what is found after an account is closed goes, besides the log. Called when no account is open, on the thread
 * that closed the last one.
 *
 * @param ofOwner hears of what the leaks of the account went on to leave behind
 * @param known of the leaks that nobody can be charged with, those that nobody is to hear of
 * @param ofNobody hears of the others of these, where this account is the last one
 */
public record LateReports(Consumer<LeakReport> ofOwner, Predicate<? super Leak> known, Consumer<LeakReport> ofNobody) {

    /** What an account of the whole run is called. */
    public static final String OF_RUN = "the test run";

    /** Nowhere. */
    public static final LateReports NONE = new LateReports(report -> {}, leak -> false, report -> {});
}
