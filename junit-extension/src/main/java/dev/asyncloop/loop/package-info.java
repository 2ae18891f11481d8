/** The runtime: event loops, tasks, futures and generators; it knows no JUnit. */
@NullMarked
package dev.asyncloop.loop;

import org.jspecify.annotations.NullMarked;
