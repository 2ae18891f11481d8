package dev.asyncloop.registers;

import dev.asyncloop.origin.Owner;
import org.jspecify.annotations.Nullable;

/**
 * An exception that a job ended with, and that only its future knows.
 *
 * @param job the job; null if it was given to no pool
 */
public record JobFailure(Owner owner, @Nullable Job job, Throwable thrown) {}
