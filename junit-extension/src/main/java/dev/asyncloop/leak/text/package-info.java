/**
 * The words and the layout of messages about leaks, and their lines in a file. Facts come in, text goes out, and no
 * code of ours reads it back.
 *
 * <p>Any thread.
 *
 * <ul>
 *   <li><em>sentence</em>: what a leak is about
 *   <li><em>entry</em>: a leak in a message, with the lines below it
 *   <li><em>alike</em>: leaks that differ in names and numbers only, told as one
 *   <li><em>folding</em>: the entries of a message, and what hangs below each
 *   <li><em>hint</em>: what to switch on to learn more
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.text;

import org.jspecify.annotations.NullMarked;
