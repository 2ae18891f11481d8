/**
 * What leaks are about, as facts: names, classes, states. Detectors make them, and the words come from them last.
 * Immutable; any thread.
 *
 * <ul>
 *   <li><em>subject</em>: what one leak is about
 *   <li><em>target</em>: what file descriptors lead to
 *   <li><em>composite</em>: of several file descriptors, which its description names
 *   <li><em>thrown</em>: the class and the message of a throwable, without the throwable
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.subject;

import org.jspecify.annotations.NullMarked;
