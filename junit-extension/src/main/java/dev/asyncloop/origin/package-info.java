/**
 * Owners: the one word that all packages share for whom something belongs to.
 *
 * <p>{@link dev.asyncloop.origin.Owner} is a test, a class, or whatever else must not leave things behind.
 */
@NullMarked
package dev.asyncloop.origin;

import org.jspecify.annotations.NullMarked;
