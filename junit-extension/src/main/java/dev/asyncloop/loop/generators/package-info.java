/** TODO */
@NullMarked
package dev.asyncloop.loop.generators;

import org.jspecify.annotations.NullMarked;
