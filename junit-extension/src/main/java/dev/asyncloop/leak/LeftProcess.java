package dev.asyncloop.leak;

import java.util.List;

/** A child process that has not ended. */
record LeftProcess(Process process, List<StackTraceElement> started) implements Left {

    private static final int LONGEST_COMMAND = 100;

    @Override
    public Leak leak() {
        return new Leak(
                LeakKind.CHILD_PROCESS,
                "child process " + process.pid() + command(),
                started,
                List.of(),
                "destroy it and wait for its end; it was left running");
    }

    private String command() {
        ProcessHandle.Info info = process.info();
        return info.commandLine()
                .or(info::command)
                .map(line -> line.length() <= LONGEST_COMMAND ? line : line.substring(0, LONGEST_COMMAND) + "…")
                .map(line -> " (" + line + ")")
                .orElse("");
    }

    @Override
    public boolean mayEnd() {
        return true;
    }

    /** A process that was found by its pipes. */
    @Override
    public boolean isPartOf(Leak found) {
        return !started.isEmpty() && found.created().equals(started);
    }
}
