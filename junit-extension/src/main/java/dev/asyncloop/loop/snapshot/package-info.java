/**
 * What a loop, its tasks, generators and timers were at one moment, as facts; and how a dump shows them. Not exported.
 *
 * <p>A <em>snapshot</em> never changes. Any thread may take one, and sees what may be over already.
 */
@NullMarked
package dev.asyncloop.loop.snapshot;

import org.jspecify.annotations.NullMarked;
