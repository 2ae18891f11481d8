/**
 * The questions to a Docker engine, and who created which containers. Not exported. Any thread.
 *
 * <p>Testcontainers finds {@code CreationNotes} as a service, and the account of a test finds
 * {@code ContainerDetector}.
 *
 * <ul>
 *   <li><em>engine</em>: the Docker engine, which runs containers
 *   <li><em>creation</em>: the moment at which an owner created a container, and the label of that container
 * </ul>
 */
@NullMarked
package dev.asyncloop.testcontainers.engine;

import org.jspecify.annotations.NullMarked;
