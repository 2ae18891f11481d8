/** TODO */
@NullMarked
package dev.asyncloop.loop.schedule;

import org.jspecify.annotations.NullMarked;
