/**
 * The order in which a loop runs what is ready in the same turn: first in, first out, or a random one by a seed. Not
 * exported.
 *
 * <p>The public {@link dev.asyncloop.loop.Ordering} is a plain value. A <em>schedule</em> that it starts belongs to one
 * loop, and to the loop's thread.
 */
@NullMarked
package dev.asyncloop.loop.schedule;

import org.jspecify.annotations.NullMarked;
