/**
 * Our way into the JDK: opening its packages and editing its classes, and a few of libraries. Not exported; it knows
 * none of its users. Any thread.
 *
 * <ul>
 *   <li>The agent ({@link dev.asyncloop.agent.Agent}) is what the JVM starts where the build gives this jar as
 *       {@code -javaagent}.
 *   <li>The access ({@link dev.asyncloop.agent.JdkAccess}) is the way in which {@code java.lang} was opened to us.
 *   <li>A hook ({@link dev.asyncloop.agent.Hook}) is something that is inserted at a place in a class of the JDK, or of
 *       a library.
 *   <li>A template is a class of ours. A copy of it, the receiver, is defined inside the JDK; hooks call it.
 *   <li>The table ({@link dev.asyncloop.agent.HookTable}) has the hooks of all who want events, and inserts them at
 *       once.
 * </ul>
 */
@NullMarked
package dev.asyncloop.agent;

import org.jspecify.annotations.NullMarked;
