/**
 * Containers of Testcontainers as fixtures of tests on an event loop. For projects that have Testcontainers.
 *
 * <p>{@link dev.asyncloop.testcontainers.LoopContainers} is where to start.
 */
@NullMarked
package dev.asyncloop.testcontainers;

import org.jspecify.annotations.NullMarked;
