/**
 * What counts as a leak, and what is said about it; it knows no JUnit.
 *
 * <p>{@link dev.asyncloop.leak.Leaks} looks for leaks without JUnit, a {@link dev.asyncloop.leak.LeakError} tells of
 * them, and a {@link dev.asyncloop.leak.LeakDetector} of somebody else finds more. Records are immutable, and used on
 * any thread.
 *
 * <ul>
 *   <li><em>leak</em>: something that was left behind, as it is reported
 *   <li><em>subject</em>: what a leak is about, as facts
 *   <li><em>kind</em>: what sort of leak it is, by which it is configured
 *   <li><em>mode</em>: what becomes of a leak
 *   <li><em>policy</em>: the modes of all kinds
 *   <li><em>report</em>: all that one owner has left behind
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak;

import org.jspecify.annotations.NullMarked;
