/**
 * The file descriptors of this process: which are open, whose they are, and which of them belong together.
 *
 * <p>Called by accounts on any thread, at several moments of each; so it reads as little as it can, and keeps what it
 * has read.
 *
 * <ul>
 *   <li><em>descriptor</em>: one number of the process, and what it links to
 *   <li><em>table</em>: reads all that are open
 *   <li><em>snapshot</em>: those that were open at one moment
 *   <li><em>serial</em>: tells descriptors apart that had one number after another
 *   <li><em>lasting</em>: open until the JVM ends
 *   <li><em>noise</em>: what the JVM, the runner or a library opens for itself
 *   <li><em>owners</em>: the objects that hold descriptors, such as a selector that has two
 *   <li><em>gap</em>: a time in which others than the owner of an account were at work
 *   <li><em>unexplained</em>: open, and nobody can be charged with it
 *   <li><em>suspicion</em>: what is said of something unexplained, and who may have opened it
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.descriptors;

import org.jspecify.annotations.NullMarked;
