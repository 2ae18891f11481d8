/**
 * What becomes of leaks: which fail a test, which are worth a warning, and which are ignored.
 *
 * <p>An account hands over leaks and gets a report. The JUnit extension says what is configured. Any thread.
 *
 * <ul>
 *   <li><em>judge</em>: decides, for one test or class
 *   <li><em>allowance</em>: lets a leak pass that somebody has allowed, for a reason
 *   <li><em>baseline</em>: a file of the leaks that were there when it was written
 *   <li><em>known</em>: named by a baseline
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.verdict;

import org.jspecify.annotations.NullMarked;
