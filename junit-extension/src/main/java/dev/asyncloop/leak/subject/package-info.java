/**
 * What leaks are about, as facts: names, classes, states. Detectors make subjects, and {@code leak.text} puts them into
 * words. Immutable; any thread.
 *
 * <ul>
 *   <li><em>subject</em>: what one leak is about
 *   <li><em>target</em>: what the file descriptors of one object lead to
 *   <li><em>composite</em>: made of several file descriptors, which its description names
 *   <li><em>thrown</em>: the class and the message of a throwable, without the throwable
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.subject;

import org.jspecify.annotations.NullMarked;
