/**
 * What code leaves more of each time it runs.
 *
 * <p>Called by assertions, in a task or on a thread that runs no loop.
 *
 * <ul>
 *   <li><em>growth</em>: what there is more of after the second half of the runs than before it
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.growth;

import org.jspecify.annotations.NullMarked;
