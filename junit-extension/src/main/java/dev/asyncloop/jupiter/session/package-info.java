/**
 * What a test, a dynamic test or a class has while it lasts, and what several classes share. No type of JUnit is known
 * here: JUnit's store closes a session because it is {@link java.lang.AutoCloseable}.
 *
 * <p>The threads on which JUnit runs tests call it. If several may call a class at the same time, the class says so.
 *
 * <ul>
 *   <li><i>session</i>: has an account of what it leaves behind, and uses a loop, its own or another's
 *   <li><i>phase</i>: what JUnit has a session run at once, such as a constructor, a set-up method or a test
 *   <li><i>coroutine</i>: runs all phases of one session
 *   <li><i>turn</i>: the right to use a loop; a test has it from beginning to end, a class for each of its phases
 *   <li><i>caretaker</i>: runs a loop between its phases
 *   <li><i>fixture</i>: has an account and a coroutine of its own
 *   <li><i>home</i>: the session that a fixture belongs to, and lives as long as
 * </ul>
 */
@NullMarked
package dev.asyncloop.jupiter.session;

import org.jspecify.annotations.NullMarked;
