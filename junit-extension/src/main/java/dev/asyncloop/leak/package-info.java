/**
 * The search for leaks without JUnit, and what users see of leaks.
 *
 * <p>{@link dev.asyncloop.leak.Leaks} looks for leaks, a {@link dev.asyncloop.leak.LeakError} reports them, and a
 * {@link dev.asyncloop.leak.LeakDetector} of somebody else can find more. The records are immutable. Any thread.
 *
 * <ul>
 *   <li><em>owner</em>: the test, class or fixture that is charged with what it creates
 *   <li><em>leak</em>: something that its owner left behind, as it is reported
 *   <li><em>subject</em>: what a leak is about, as facts
 *   <li><em>kind</em>: the sort of a leak, by which leaks are configured
 *   <li><em>mode</em>: what becomes of a leak
 *   <li><em>policy</em>: the modes of all kinds
 *   <li><em>report</em>: all leaks of one owner
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak;

import org.jspecify.annotations.NullMarked;
