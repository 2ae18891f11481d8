/**
 * The words and the layout of messages about leaks, and of their lines in a file. It turns facts into text; no code of
 * ours reads the text back. Any thread.
 *
 * <ul>
 *   <li><em>sentence</em>: the words for what a leak is about
 *   <li><em>entry</em>: a leak in a message, with the lines below it
 *   <li><em>alike</em>: differing only in names and numbers, and so told as one entry
 *   <li><em>folding</em>: the entries of a message, with what hangs below each
 *   <li><em>hint</em>: what to switch on to learn more
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.text;

import org.jspecify.annotations.NullMarked;
