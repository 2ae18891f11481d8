/** TODO */
@NullMarked
package dev.asyncloop.loop.time;

import org.jspecify.annotations.NullMarked;
