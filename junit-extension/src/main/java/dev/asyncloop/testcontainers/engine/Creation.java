package dev.asyncloop.testcontainers.engine;

import java.util.List;

/**
 * The creation of a container that an owner is charged with.
 *
 * @param label the label by which the engine finds the container
 * @param stack where it was started, from the first line of the user's code on
 */
record Creation(String label, List<StackTraceElement> stack) {}
