/**
 * Containers of Testcontainers as fixtures of tests on a loop; for projects that have Testcontainers.
 *
 * <p>{@link dev.asyncloop.testcontainers.LoopContainers} is where to start.
 */
@NullMarked
package dev.asyncloop.testcontainers;

import org.jspecify.annotations.NullMarked;
