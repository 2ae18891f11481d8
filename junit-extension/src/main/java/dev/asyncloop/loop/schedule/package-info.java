/**
 * The order in which a loop runs what is ready in the same turn: first in, first out, or a random one by a seed.
 *
 * <p>An {@link dev.asyncloop.loop.schedule.Ordering} is a plain value. What it starts is one loop's, and belongs to the
 * loop's thread.
 */
@NullMarked
package dev.asyncloop.loop.schedule;

import org.jspecify.annotations.NullMarked;
