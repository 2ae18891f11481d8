/**
 * What looks after the runs of loops: the watchdog, the guard that ends a run which would not end by itself, and the
 * search for tasks that wait for each other for ever. Not exported.
 *
 * <p>{@link dev.asyncloop.loop.watch.RunWatch} hears of the runs of one loop, as the core's listener, and hands on what
 * it hears. It goes by real time, whatever the loop's clock says.
 *
 * <ul>
 *   <li>The <em>watchdog</em> is one daemon thread for all loops. What is called on it says so; the rest belongs to the
 *       loop's thread.
 *   <li>A <em>guard</em> has the timeout of each run; its <em>verdict</em> is why a run is to end before its body does.
 *   <li>A <em>blocked step</em> keeps its loop from running anything else; a <em>slow step</em> took long, in debug
 *       mode.
 * </ul>
 */
@NullMarked
package dev.asyncloop.loop.watch;

import org.jspecify.annotations.NullMarked;
