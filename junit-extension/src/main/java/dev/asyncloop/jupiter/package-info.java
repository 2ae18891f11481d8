/**
 * The extension for JUnit Jupiter, its annotations, and what they need.
 *
 * <p>{@link dev.asyncloop.jupiter.AsyncLoopExtension} runs tests on event loops.
 * {@link dev.asyncloop.jupiter.LoopScope @LoopScope} says which of them share one.
 * {@link dev.asyncloop.jupiter.VirtualTime @VirtualTime} gives them a clock on which waiting takes no time. A
 * {@link dev.asyncloop.jupiter.LoopFixture} is something that tests need and do not make themselves.
 * {@link dev.asyncloop.jupiter.Constants} has the names of what can be configured.
 *
 * <p>What is not public here finds the <i>session</i> of a test or a class in JUnit's store, or makes it from what is
 * declared on the class and around it. JUnit calls it, on the threads on which it runs tests. It rests on three hidden
 * packages: {@code settings} knows what is configured, {@code leaks} what becomes of leaks, and {@code session} what a
 * test or a class has while it lasts.
 *
 * <ul>
 *   <li><em>scope</em>: which tests share a loop
 *   <li><em>session</em>: what a test or a class has while it lasts
 *   <li><em>phase</em>: what JUnit has a session run at once, such as a set-up method
 *   <li><em>fixture</em>: something that tests need and do not make themselves
 *   <li><em>detection</em>: JUnit's way to give the extension to classes that do not name it
 * </ul>
 */
@NullMarked
package dev.asyncloop.jupiter;

import org.jspecify.annotations.NullMarked;
