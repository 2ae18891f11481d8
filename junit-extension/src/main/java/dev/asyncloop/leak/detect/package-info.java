/**
 * What a detector is, and the detectors of event loops, tasks and uncaught exceptions.
 *
 * <p>An account calls detectors on the thread that closes it, while no thread runs the loop.
 * {@link dev.asyncloop.leak.detect.UncaughtExceptions} also listens, on any thread.
 *
 * <ul>
 *   <li><em>leak</em>: something that was left behind, as it is reported
 *   <li><em>leftover</em>: something that is still there at the end, before anybody says whether that is a leak
 *   <li><em>detector</em>: finds the leaks of one sort; decides nothing
 *   <li><em>closing</em>: an account while its detectors are asked
 *   <li><em>to settle</em>: to let what is ready end by itself
 *   <li><em>patience</em>: real time in which something may still end
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.detect;

import org.jspecify.annotations.NullMarked;
