/**
 * Whose something is: the one word for it that all packages share.
 *
 * <p>{@link dev.asyncloop.origin.Owner} is a test, a class, or whatever else must not leave things behind.
 */
@NullMarked
package dev.asyncloop.origin;

import org.jspecify.annotations.NullMarked;
