/**
 * Waiting for several things, and for a limited time: task groups, time-outs, gather, wait, as-completed and shield.
 *
 * <p>They are built on what the core offers to anybody: promises, timers and the requests to cancel a coroutine. Loop
 * thread only.
 */
@NullMarked
package dev.asyncloop.loop.groups;

import org.jspecify.annotations.NullMarked;
