/**
 * The account of a test, a class or whatever else owns something: opened before its owner starts, suspended while
 * others are at work, and closed after all tear-down. It asks the detectors in their order, has their leaks judged, and
 * knows no more of them than that.
 *
 * <p>Entered by the JUnit extension and by {@link dev.asyncloop.leak.Leaks}. An account is one thread's at a time;
 * several are open at once.
 *
 * <ul>
 *   <li><em>ledger</em>: the account of one owner
 *   <li><em>servant</em>: an owner that serves others, such as a fixture that several tests use
 *   <li><em>suspended</em>: what is opened meanwhile is somebody else's
 *   <li><em>late</em>: found when the account of its owner was closed already
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.account;

import org.jspecify.annotations.NullMarked;
