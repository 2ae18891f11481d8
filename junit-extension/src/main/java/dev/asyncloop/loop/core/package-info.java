/**
 * The run of a loop: what is ready, whose turn it is, and how a virtual thread waits and goes on. Not exported.
 *
 * <p>It knows nothing of what is built on it, and calls it by three interfaces. {@link dev.asyncloop.loop.core.Host} is
 * the facade, {@link dev.asyncloop.loop.core.RunListener} hears of each run, and
 * {@link dev.asyncloop.loop.core.Outside} tells a virtual clock who will wake the loop. Of the public types the core
 * uses only the exception that it throws and the interfaces of what it hands out. Its only texts are the sentences of
 * its guards, in {@code CoreMisuse}.
 *
 * <p>Loop thread only, where a type does not say otherwise. That is the thread that runs the loop, or a task or
 * callback on it; while nobody runs the loop, it is any thread.
 *
 * <ul>
 *   <li>A <em>core</em> is one loop, as the satellites see it. Its <em>driver</em> runs it turn by turn, on the thread
 *       that called for the run.
 *   <li>A <em>step</em> is what runs in a turn: a <em>callback</em>, or a <em>coroutine</em> up to where it waits next.
 *   <li>A <em>coroutine</em> is a virtual thread of the loop; a <em>promise</em> is a future of the loop, and a
 *       coroutine's outcome is one.
 *   <li>The <em>engine</em> is how coroutines get threads.
 *   <li>A <em>request</em> is what user code wants to be called at a certain time. A <em>pending call</em> is a
 *       snapshot of a request or a callback that was not called yet.
 * </ul>
 */
@NullMarked
package dev.asyncloop.loop.core;

import org.jspecify.annotations.NullMarked;
