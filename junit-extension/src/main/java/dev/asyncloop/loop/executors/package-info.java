/**
 * A loop and executors: the jobs that the loop hands to other threads, and the views by which libraries use the loop as
 * an executor. Not exported.
 *
 * <ul>
 *   <li>A <em>job</em> runs on a thread of an executor; its result comes back in a turn of the loop.
 *   <li>A <em>command</em> was given to a view of the loop; each of its runs is a task.
 * </ul>
 *
 * <p>Any thread may use a view. Jobs are handed over by the loop's thread.
 */
@NullMarked
package dev.asyncloop.loop.executors;

import org.jspecify.annotations.NullMarked;
