package dev.asyncloop.leak;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Where what is found after an account is closed goes, besides the log. Called when no account is open, on the thread that closed the
 * last one.
 *
 * @param ofOwner is given what the owner of the account had left behind went on to leave behind
 * @param known which leaks that nobody can be charged with nobody wants to hear of
 * @param ofNobody is given what nobody can be charged with, where this account is the last one
 */
public record LateReports(Consumer<LeakReport> ofOwner, Predicate<? super Leak> known, Consumer<LeakReport> ofNobody) {

    /** Nowhere. */
    public static final LateReports NONE = new LateReports(report -> {}, leak -> false, report -> {});
}
