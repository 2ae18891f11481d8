/**
 * What counts as a leak, and what is said about it; it knows no JUnit.
 *
 * <p>A {@link dev.asyncloop.leak.Ledger} keeps the account of a test, a {@link dev.asyncloop.leak.LeakError} tells what it left
 * behind.
 */
@NullMarked
package dev.asyncloop.leak;

import org.jspecify.annotations.NullMarked;
