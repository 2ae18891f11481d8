/**
 * What one owner has on a loop, for whoever settles its account; and the wait for what was cancelled. Not exported.
 *
 * <p>An <em>account</em> is the view that a {@code LoopAccount} gives of one loop: only what belongs to one owner,
 * which is a test or a class. Its methods say which thread may call them.
 */
@NullMarked
package dev.asyncloop.loop.account;

import org.jspecify.annotations.NullMarked;
