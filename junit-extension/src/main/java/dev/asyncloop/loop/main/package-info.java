/**
 * One coroutine for all phases of a test. Not exported. To be used by one thread at a time, while the loop does not
 * run.
 *
 * <ul>
 *   <li>A <em>main task</em> is the coroutine that runs the phases, one after the other.
 *   <li>A <em>phase</em> is one body: the set-up of a test, the test itself, or its tear-down.
 * </ul>
 */
@NullMarked
package dev.asyncloop.loop.main;

import org.jspecify.annotations.NullMarked;
