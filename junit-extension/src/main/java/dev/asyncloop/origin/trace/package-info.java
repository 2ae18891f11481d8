/** Where something was created, and whose it is by that. Not exported. Any thread. */
@NullMarked
package dev.asyncloop.origin.trace;

import org.jspecify.annotations.NullMarked;
