/**
 * The run of a loop: what is ready, whose turn it is, and how a virtual thread waits and goes on. Not exported.
 *
 * <p>It knows nothing of what is built on it. The facade above answers by {@link dev.asyncloop.loop.core.Host}, whoever
 * watches a run hears of it by {@link dev.asyncloop.loop.core.RunListener}, and a clock that jumps asks
 * {@link dev.asyncloop.loop.core.Outside}. Of the public types it uses the exception that it throws, and the interfaces
 * of what it hands out. It writes no text but the sentences of its guards, in {@code CoreMisuse}.
 *
 * <p>Loop thread only, where a type does not say otherwise: that is the thread that runs the loop, a task or callback
 * on it, or any thread while nobody runs it.
 *
 * <ul>
 *   <li>A <em>core</em> is one loop, as the satellites see it; its <em>driver</em> runs it on the thread that asks for
 *       it, turn by turn.
 *   <li>A <em>step</em> is what runs in a turn: a <em>callback</em>, or a <em>coroutine</em> up to where it waits next.
 *   <li>A <em>coroutine</em> is a virtual thread of the loop; a <em>promise</em> is a future of the loop, and a
 *       coroutine's outcome is one.
 *   <li>The <em>engine</em> is how coroutines get threads.
 *   <li>A <em>request</em> is what user code asked for at a certain time, a <em>pending call</em> what is left of it at
 *       one moment.
 * </ul>
 */
@NullMarked
package dev.asyncloop.loop.core;

import org.jspecify.annotations.NullMarked;
