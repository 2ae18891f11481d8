/**
 * Waiting for several things, and for a limited time: task groups, time-outs, gather, wait, as-completed and shield.
 *
 * <p>They use only promises, timers and requests to cancel a coroutine. Not exported. Loop thread only.
 *
 * <ul>
 *   <li>A <em>child</em> is one of the futures that a gathering future waits for.
 *   <li>A <em>shield</em> ends as its <em>inner</em> future does, but does not pass a cancellation on to it.
 *   <li>A <em>scope</em> is a task group or a time-out: a task opens it, and the same task closes it.
 * </ul>
 */
@NullMarked
package dev.asyncloop.loop.groups;

import org.jspecify.annotations.NullMarked;
