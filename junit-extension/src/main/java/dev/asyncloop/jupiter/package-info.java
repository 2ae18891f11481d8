/**
 * The glue between the runtime and JUnit Jupiter.
 *
 * <p>{@link dev.asyncloop.jupiter.AsyncLoopExtension} runs tests on event loops,
 * {@link dev.asyncloop.jupiter.LoopScope @LoopScope} says which of them share one,
 * {@link dev.asyncloop.jupiter.VirtualTime @VirtualTime} gives them a clock on which waiting takes no time,
 * {@link dev.asyncloop.jupiter.Constants} has the names of what can be configured. A {@link
 * dev.asyncloop.jupiter.LoopFixture} is what tests need and do not make themselves.
 *
 * <p>What is not public here is glue: it finds in JUnit's store, or makes, the <i>session</i> of a test or a class, out
 * of what is declared on it and around it. JUnit calls it, on the threads on which it runs tests. Below it are three
 * rooms: {@code settings} has what is configured, {@code leaks} what becomes of leaks, {@code session} what a test or a
 * class has while it lasts.
 */
@NullMarked
package dev.asyncloop.jupiter;

import org.jspecify.annotations.NullMarked;
