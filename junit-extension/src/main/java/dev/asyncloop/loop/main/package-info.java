/** TODO */
@NullMarked
package dev.asyncloop.loop.main;

import org.jspecify.annotations.NullMarked;
