/**
 * Which pool is to do what a task waits for, what that pool does, and whether it can ever come to it. Not exported.
 *
 * <p>A loop knows of its executors only. What others were given is known by the hooks in the JDK, and from the JDK's own
 * fields: so here is nothing to find without the agent. It is looked at when a dump is made, and when a loop stands
 * still; nothing is noted before that. Any thread.
 *
 * <ul>
 *   <li>A <em>pool</em> is an executor with workers, as the JDK has them.
 *   <li>A <em>job</em> is what a pool was given. It is <em>awaited</em> if somebody cannot go on before it was done.
 *   <li>A pool is <em>stuck</em> if all of its workers wait for jobs that only they could do.
 * </ul>
 */
@NullMarked
package dev.asyncloop.loop.pools;

import org.jspecify.annotations.NullMarked;
