/**
 * What one owner left in the process, and how long it is waited for.
 *
 * <p>The account asks it when it is closed. It asks the searches for descriptors and for what goes on by itself, waits a
 * little, asks who holds the rest, and waits longer for what nobody else holds.
 *
 * <ul>
 *   <li><em>leftover</em>: a thing that is there at the end of the account
 *   <li><em>custody</em>: who holds what; a class may be given a thing, and the run may keep it
 *   <li><em>kept</em>: nobody's, since something holds it for the whole run
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.process;

import org.jspecify.annotations.NullMarked;
