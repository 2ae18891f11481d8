/**
 * What a test, a dynamic test, a class, or what classes share has while it lasts. No type of JUnit is known here; its
 * store closes a session because that is {@link java.lang.AutoCloseable}.
 *
 * <ul>
 *   <li>A <i>session</i> has an account of what it leaves behind, and uses a loop, its own or another's.
 *   <li>A <i>phase</i> is what JUnit has it run at one go: a constructor, a set-up method, a test. All phases run in
 *       one <i>coroutine</i>.
 *   <li>The <i>turn</i> is the right to use a loop: a test has it from beginning to end, a class for each of its
 *       phases.
 *   <li>The <i>caretaker</i> runs a loop while no phase does.
 *   <li>A <i>fixture</i> has an account and a coroutine of its own. Its <i>home</i> is the session that it lives as
 *       long as.
 * </ul>
 *
 * <p>The threads on which JUnit runs tests call it; where several may do so at the same time, the class says so.
 */
@NullMarked
package dev.asyncloop.jupiter.session;

import org.jspecify.annotations.NullMarked;
