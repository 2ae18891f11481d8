/**
 * What we know of the JDK's own classes, with one adapter for each subject. Only this room, {@code agent} and
 * {@code registers} have names of the JDK's hidden classes, fields and threads. Not exported; any thread, where a class
 * does not say otherwise.
 *
 * <p>An adapter answers questions about the JDK's public types, such as a thread or an executor. It knows nothing of
 * loops, leaks or owners.
 *
 * <ul>
 *   <li>The scheduler of a virtual thread is the executor that runs its continuations, pieces of it from one suspension
 *       to the next.
 *   <li>A carrier is the platform thread on which a virtual thread runs just now.
 *   <li>A poller is a thread that waits for sockets on behalf of virtual threads.
 *   <li>A worker is a platform thread that an executor started.
 *   <li>A delayed command is what {@code CompletableFuture.delayedExecutor} was given and has not handed on yet.
 * </ul>
 */
@NullMarked
package dev.asyncloop.jdk;

import org.jspecify.annotations.NullMarked;
