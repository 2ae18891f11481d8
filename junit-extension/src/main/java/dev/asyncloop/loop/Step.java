package dev.asyncloop.loop;

/** One thing that the loop runs in a turn: a callback, or a task up to where it waits next. */
sealed interface Step permits Handle, Task {

    /** Runs it. Loop thread only; what it throws leaves the run. */
    void step();
}
