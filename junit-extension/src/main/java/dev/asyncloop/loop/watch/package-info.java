/**
 * Looks after the runs of loops: the watchdog, the guard that ends a run which would not end by itself, and the search
 * for tasks that wait for each other for ever. Not exported.
 *
 * <p>{@link dev.asyncloop.loop.watch.RunWatch} is the core's listener: it hears of the runs of one loop, and passes on
 * what it hears. All of it goes by real time, whatever the loop's clock says.
 *
 * <ul>
 *   <li>The <em>watchdog</em> is one daemon thread for all loops. Methods that it calls say so; all others belong to
 *       the loop's thread.
 *   <li>A <em>guard</em> watches over the timeout of each run. Its <em>verdict</em> says why a run is to end before its
 *       body does.
 *   <li>A <em>blocked step</em> keeps its loop from running anything else. A <em>slow step</em> took longer than debug
 *       mode allows.
 * </ul>
 */
@NullMarked
package dev.asyncloop.loop.watch;

import org.jspecify.annotations.NullMarked;
