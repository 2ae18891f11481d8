/**
 * The account of a test, a class or another owner. It is opened before its owner starts, suspended while others are at
 * work, and closed after all tear-down. It asks the detectors in their order and has their leaks judged. It knows
 * nothing else about them.
 *
 * <p>The JUnit extension and {@link dev.asyncloop.leak.Leaks} open accounts. One thread at a time uses an account;
 * several accounts may be open at once.
 *
 * <ul>
 *   <li><em>ledger</em>: the account of one owner
 *   <li><em>servant</em>: an owner that serves others, such as a fixture that several tests use
 *   <li><em>suspended</em>: what is opened meanwhile belongs to others
 *   <li><em>at work</em>: has an open account that is not suspended
 *   <li><em>hooks</em>: tell accounts what happens in the JDK
 *   <li><em>late</em>: found after the account of its owner was closed
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.account;

import org.jspecify.annotations.NullMarked;
