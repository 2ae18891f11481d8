/**
 * The glue between the runtime and JUnit Jupiter.
 *
 * <p>{@link dev.asyncloop.jupiter.AsyncLoopExtension} runs tests on event loops,
 * {@link dev.asyncloop.jupiter.LoopScope @LoopScope} says which of them share one,
 * {@link dev.asyncloop.jupiter.VirtualTime @VirtualTime} gives them a clock on which waiting takes no time,
 * {@link dev.asyncloop.jupiter.Constants} has the names of what can be configured.
 */
@NullMarked
package dev.asyncloop.jupiter;

import org.jspecify.annotations.NullMarked;
