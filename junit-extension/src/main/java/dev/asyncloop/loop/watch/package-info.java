/** TODO */
@NullMarked
package dev.asyncloop.loop.watch;

import org.jspecify.annotations.NullMarked;
