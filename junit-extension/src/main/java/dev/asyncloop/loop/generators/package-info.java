/**
 * Async generators: a body that emits, and a consumer that pulls, each of which waits for the other.
 *
 * <p>{@code GeneratorRun} has the hand-over, {@code Inlet} the threads of a publisher from which a generator takes its
 * values, and {@code GeneratorShutdown} the end of those that a loop has left. Loop thread only, but for an inlet.
 */
@NullMarked
package dev.asyncloop.loop.generators;

import org.jspecify.annotations.NullMarked;
