/**
 * What the virtual clock is made of: its way through time, and what keeps it from jumping. Not exported.
 *
 * <p>While the loop is idle, a virtual clock jumps to the next timer, unless something outside of the loop is about to
 * wake it. Any thread may ask a clock for the time. All else belongs to the loop's thread.
 *
 * <ul>
 *   <li>An <em>advance</em> lets a certain time pass, step by step.
 *   <li>A <em>foreign wait</em> is the wait of a task in other people's code. {@code ForeignWaits} looks at its stack,
 *       to find out whether something outside of the loop will end it.
 * </ul>
 */
@NullMarked
package dev.asyncloop.loop.time;

import org.jspecify.annotations.NullMarked;
