/**
 * What code leaves more of the more often it runs.
 *
 * <p>Entered by assertions, in a task or on a thread that runs no loop.
 */
@NullMarked
package dev.asyncloop.leak.growth;

import org.jspecify.annotations.NullMarked;
