package dev.asyncloop.loop.core;

import java.util.List;

/**
 * What a loop was doing at one moment.
 *
 * @param dump what each of its tasks did, in words
 * @param where where the body was that the run waits for, from the first line of user code on
 */
public record Moment(String dump, List<StackTraceElement> where) {}
