package dev.asyncloop.jupiter.session;

import dev.asyncloop.loop.main.MainTask;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a coroutine at once: a constructor, a set-up method, a test, a tear-down method, or the making or
 * closing of a fixture.
 */
@FunctionalInterface
public interface Phase<T extends @Nullable Object> extends MainTask.Phase<T> {}
