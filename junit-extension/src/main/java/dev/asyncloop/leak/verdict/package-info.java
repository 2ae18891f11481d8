/**
 * What becomes of leaks: which fail a test, which are worth a warning, and which nobody hears of.
 *
 * <p>Called by the account, which gives it leaks and gets a report, and by the JUnit extension, which tells what is
 * configured. Any thread.
 *
 * <ul>
 *   <li><em>judge</em>: decides, for one test or class
 *   <li><em>allowance</em>: lets a leak pass that somebody has allowed, for a reason
 *   <li><em>baseline</em>: a file that names leaks which were there when it was written
 *   <li><em>known</em>: named by a baseline
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.verdict;

import org.jspecify.annotations.NullMarked;
