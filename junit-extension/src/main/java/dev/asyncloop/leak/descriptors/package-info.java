/**
 * The file descriptors of this process: which are open, who opened them, and which of them belong to one object.
 *
 * <p>Accounts call it on any thread, at several moments of each. So it reads as little as it can, and keeps what it has
 * read.
 *
 * <ul>
 *   <li><em>descriptor</em>: one number of the process, and the target of its link
 *   <li><em>table</em>: reads all open descriptors
 *   <li><em>snapshot</em>: the descriptors that were open at one moment
 *   <li><em>serial</em>: tells apart descriptors that had one number after another
 *   <li><em>lasting</em>: open until the JVM ends
 *   <li><em>noise</em>: what the JVM, the runner or a library opens for itself
 *   <li><em>group</em>: the descriptors that one object holds, such as the two of a selector
 *   <li><em>gap</em>: a time in which others than the owner of an account were at work
 *   <li><em>unexplained</em>: open, and charged to nobody
 *   <li><em>suspicion</em>: the leak of something unexplained, and who may have opened it
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.descriptors;

import org.jspecify.annotations.NullMarked;
