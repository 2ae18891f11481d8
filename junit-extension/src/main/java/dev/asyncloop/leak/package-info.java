/** What counts as a leak, and what is said about it; it knows no JUnit. */
@NullMarked
package dev.asyncloop.leak;

import org.jspecify.annotations.NullMarked;
