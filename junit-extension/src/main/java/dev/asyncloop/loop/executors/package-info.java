/** TODO */
@NullMarked
package dev.asyncloop.loop.executors;

import org.jspecify.annotations.NullMarked;
