/**
 * Async generators: a body that emits values and a consumer that pulls them. One of the two always waits for the other.
 *
 * <p>{@code GeneratorRun} switches between the two. {@code Inlet} takes values from the threads of a publisher.
 * {@code GeneratorShutdown} closes the generators that are under way on a loop. Loop thread only, but for an inlet.
 */
@NullMarked
package dev.asyncloop.loop.generators;

import org.jspecify.annotations.NullMarked;
