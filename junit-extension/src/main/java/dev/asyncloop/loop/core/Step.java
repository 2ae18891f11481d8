package dev.asyncloop.loop.core;

/**
 * One thing that the loop runs in a turn: a callback, or a coroutine up to where it waits next. Only the driver runs
 * it.
 */
public sealed interface Step permits Callback, Coroutine {}
