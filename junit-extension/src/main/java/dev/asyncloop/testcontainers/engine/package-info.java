/**
 * What is asked of a Docker engine, and which containers whose code created. Not exported.
 *
 * <p>Testcontainers and the account of a test find {@code CreationNotes} and {@code ContainerDetector} as services. Any thread.
 */
@NullMarked
package dev.asyncloop.testcontainers.engine;

import org.jspecify.annotations.NullMarked;
