/**
 * The clocks of a loop: the system's, and a virtual one on which waiting takes no time.
 *
 * <p>A virtual clock jumps to the next timer while the loop is idle, unless something outside of the loop is about to
 * wake it. {@code ForeignWaits} knows what that may be: it looks at the stacks of tasks that wait in other people's
 * code.
 *
 * <p>Of a clock, any thread may ask the time; the rest belongs to the loop's thread.
 */
@NullMarked
package dev.asyncloop.loop.time;

import org.jspecify.annotations.NullMarked;
