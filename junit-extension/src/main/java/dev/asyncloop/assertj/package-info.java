/**
 * AssertJ assertions for event loops, tasks, generators and leaks. For projects that have AssertJ.
 *
 * <p>{@link dev.asyncloop.assertj.AsyncLoopAssertions} is where to start.
 */
@NullMarked
package dev.asyncloop.assertj;

import org.jspecify.annotations.NullMarked;
