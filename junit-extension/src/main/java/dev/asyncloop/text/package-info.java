/**
 * The words that all messages share, notes about failures, and the log. Not exported. Any thread.
 *
 * <ul>
 *   <li><em>words</em>: how messages name times, callbacks and classes
 *   <li><em>unseen</em>: what is not looked for where the JVM does not let us
 *   <li><em>note</em>: something to know about a failure, as a suppressed throwable of it
 * </ul>
 */
@NullMarked
package dev.asyncloop.text;

import org.jspecify.annotations.NullMarked;
