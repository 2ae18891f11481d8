/**
 * One coroutine for all phases of a test: set-up, test and tear-down. Not exported. To be used by one thread at a time,
 * while the loop does not run.
 */
@NullMarked
package dev.asyncloop.loop.main;

import org.jspecify.annotations.NullMarked;
