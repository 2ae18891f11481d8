/**
 * The runtime: event loops, tasks, futures and generators. It does not depend on JUnit.
 *
 * <p>{@link dev.asyncloop.loop.EventLoop} runs {@linkplain dev.asyncloop.loop.Task tasks} and callbacks,
 * {@link dev.asyncloop.loop.Asyncio} is what a task calls, {@link dev.asyncloop.loop.LoopFuture} what it awaits,
 * {@link dev.asyncloop.loop.AsyncGenerator} what it iterates over.
 */
@NullMarked
package dev.asyncloop.loop;

import org.jspecify.annotations.NullMarked;
