/** The glue between the runtime and JUnit Jupiter. */
@NullMarked
package dev.asyncloop.jupiter;

import org.jspecify.annotations.NullMarked;
