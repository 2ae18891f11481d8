/**
 * A loop and executors: the jobs that it hands to other threads, and the views by which libraries use it as an
 * executor. Not exported.
 *
 * <ul>
 *   <li>A <em>job</em> runs on a thread of an executor; its result comes back in a turn of the loop.
 *   <li>A <em>command</em> was given to a view of the loop; each of its runs is a task.
 * </ul>
 *
 * <p>A view may be used by any thread, jobs are the loop thread's.
 */
@NullMarked
package dev.asyncloop.loop.executors;

import org.jspecify.annotations.NullMarked;
