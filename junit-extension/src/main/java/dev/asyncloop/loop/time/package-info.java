/**
 * The clocks of a loop: the system's, and a virtual one on which waiting takes no time.
 *
 * <p>While the loop is idle, a virtual clock jumps to the next timer, unless something outside of the loop is about to
 * wake it. {@code ForeignWaits} finds that out: it looks at the stacks of tasks that wait in other people's code.
 *
 * <p>Any thread may ask a clock for the time. All else belongs to the loop's thread.
 */
@NullMarked
package dev.asyncloop.loop.time;

import org.jspecify.annotations.NullMarked;
