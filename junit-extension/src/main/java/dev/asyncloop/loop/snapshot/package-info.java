/**
 * Snapshots of a loop and its tasks, generators and timers, and the text of a dump. Not exported.
 *
 * <p>A <em>snapshot</em> says what something was at one moment, as facts, and never changes. Any thread may take one;
 * what it shows may be over already.
 */
@NullMarked
package dev.asyncloop.loop.snapshot;

import org.jspecify.annotations.NullMarked;
