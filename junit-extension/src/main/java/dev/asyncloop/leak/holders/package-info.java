/**
 * What holds on by itself: platform threads, executors, child processes, class loaders and delayed commands.
 *
 * <p>Called by the account, on the thread that closes it. What it finds, it leaves as it is.
 *
 * <ul>
 *   <li><em>beginning</em>: the moment at which such a thing was made or started, and for whom
 *   <li><em>leftover</em>: a thing that is still there at the end of the account
 *   <li><em>sort</em>: one sort of thing that is looked for
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.holders;

import org.jspecify.annotations.NullMarked;
