/**
 * What goes on by itself: platform threads, executors, child processes, class loaders and delayed commands.
 *
 * <p>An account calls it, on the thread that closes the account. Nothing here ends what it finds.
 *
 * <ul>
 *   <li><em>beginning</em>: the moment at which an owner made or started a thing
 *   <li><em>leftover</em>: a thing that is still there at the end of the account
 *   <li><em>sort</em>: one sort of thing that is looked for
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.leftovers;

import org.jspecify.annotations.NullMarked;
