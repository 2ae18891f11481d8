package dev.asyncloop.testcontainers.engine;

import java.util.List;

/**
 * A container that somebody is charged with.
 *
 * @param label what it is found by
 * @param stack where it was started, from the first line of the user's code on
 */
record Creation(String label, List<StackTraceElement> stack) {}
