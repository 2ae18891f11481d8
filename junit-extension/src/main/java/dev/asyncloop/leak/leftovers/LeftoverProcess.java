package dev.asyncloop.leak.leftovers;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.exclusions.KeptForAll;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.leak.text.ClientFix;
import dev.asyncloop.registers.Beginning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A child process that has not ended. */
record LeftoverProcess(Process process, List<StackTraceElement> started) implements Leftover {

    private static final int LONGEST_COMMAND = 100;
    private static final String FIX = "destroy it and wait for its end";
    private static final String AS_IT_IS = "; it was left running";

    static @Nullable List<Leftover> of(Object thing, Beginning beginning) {
        if (!(thing instanceof Process process)) {
            return null;
        }
        return process.isAlive() && !KeptForAll.contains(beginning, List.of())
                ? List.of(new LeftoverProcess(process, beginning.fromUserCode()))
                : List.of();
    }

    @Override
    public Leak leak() {
        return new Leak(
                LeakKind.CHILD_PROCESS,
                new Subject.Process(process.pid(), command()),
                started,
                List.of(),
                ClientFix.of(started).orElse(FIX) + AS_IT_IS,
                null,
                null);
    }

    private String command() {
        ProcessHandle.Info info = process.info();
        return info.commandLine()
                .or(info::command)
                .map(line -> line.length() <= LONGEST_COMMAND ? line : line.substring(0, LONGEST_COMMAND) + "…")
                .orElse("");
    }

    @Override
    public Object identity() {
        return process.pid();
    }

    @Override
    public boolean isThere() {
        return process.isAlive();
    }

    @Override
    public boolean mayEnd() {
        return true;
    }

    /** Whether the process was found by its pipes. */
    @Override
    public boolean isPartOf(Leak found) {
        return !started.isEmpty() && found.created().equals(started);
    }
}
