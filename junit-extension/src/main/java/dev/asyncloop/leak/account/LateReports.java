package dev.asyncloop.leak.account;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakReport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Who gets reports, besides the log, of leaks that are found after an account is closed. Called when no account is
 * open, on the thread that closed the last one.
 *
 * @param ofOwner takes what the leaks of this account's owner left behind later
 * @param known accepts the leaks without an owner that a baseline knows, and that are therefore not reported
 * @param ofNobody takes leaks without an owner; used only for the account that is closed last
 */
public record LateReports(Consumer<LeakReport> ofOwner, Predicate<? super Leak> known, Consumer<LeakReport> ofNobody) {

    /** The name of an account of the whole run. */
    public static final String OF_RUN = "the test run";

    /** Reports to nobody. */
    public static final LateReports NONE = new LateReports(report -> {}, leak -> false, report -> {});
}
