/**
 * Waiting for several things, and for a limited time: task groups, time-outs, gather, wait, as-completed and shield.
 *
 * <p>They use only promises, timers and requests to cancel a coroutine. Loop thread only.
 */
@NullMarked
package dev.asyncloop.loop.groups;

import org.jspecify.annotations.NullMarked;
