/**
 * What becomes of the leaks of tests, and who gets the reports. Any thread.
 *
 * <ul>
 *   <li><i>rules</i>: what becomes of leaks in a class or method, by annotations and configuration
 *   <li><i>files</i>: the baseline and the file of JSON lines, one of each for a run
 *   <li><i>baseline</i>: the file of the leaks that are known
 *   <li><i>completed</i>: run as a whole, so that a known leak that did not occur is gone
 *   <li><i>reporter</i>: reports the leaks of one test or class
 * </ul>
 */
@NullMarked
package dev.asyncloop.jupiter.leaks;

import org.jspecify.annotations.NullMarked;
