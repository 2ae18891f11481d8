/**
 * Async generators: a body that emits values and a consumer that pulls them. One of the two always waits for the other.
 * Not exported. Loop thread only, but for an inlet.
 *
 * <ul>
 *   <li>A <em>run</em> is a generator that has started: it switches between body and consumer.
 *   <li>A <em>step</em> is what the consumer awaits until the body emits or ends.
 *   <li>A <em>rest</em> is what the body awaits in {@code emit} until the consumer asks for more.
 *   <li>An <em>inlet</em> takes values from the threads of a publisher.
 *   <li>A <em>shutdown</em> closes the generators that are under way on a loop.
 * </ul>
 */
@NullMarked
package dev.asyncloop.loop.generators;

import org.jspecify.annotations.NullMarked;
