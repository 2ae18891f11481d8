package dev.asyncloop.leak.leftovers;

import dev.asyncloop.jdk.KeepingCommands;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.text.TypeNames;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** An executor that was shut down, and that lives on until its last delayed command is due. */
record KeptExecutor(ExecutorService executor, KeepingCommands commands, List<Thread> workers, Beginning beginning)
        implements Begun {

    private static final String FIX = "cancel the command, or shut it down with shutdownNow";
    private static final String FIX_OF_CANCELLED =
            "call setRemoveOnCancelPolicy(true) before it is cancelled, or shut it down with shutdownNow";

    private static final Duration SOON = Duration.ofSeconds(1);

    /** Null if no command keeps {@code executor}. */
    static @Nullable KeptExecutor of(ExecutorService executor, List<Thread> workers, Beginning beginning) {
        KeepingCommands commands = KeepingCommands.of(executor);
        return commands == null ? null : new KeptExecutor(executor, commands, workers, beginning);
    }

    @Override
    public Leak leak() {
        boolean allCancelled = commands.commands() == 0;
        Subject subject = new Subject.KeptExecutor(
                TypeNames.of(executor.getClass()),
                allCancelled ? commands.cancelled() : commands.commands(),
                allCancelled
                        ? Subject.KeptExecutor.By.CANCELLED
                        : commands.periodic() ? Subject.KeptExecutor.By.PERIODIC : Subject.KeptExecutor.By.DELAYED,
                commands.due());
        return new Leak(
                LeakKind.EXECUTOR,
                subject,
                beginning.fromUserCode(),
                LeftoverExecutor.busyAt(workers),
                allCancelled ? FIX_OF_CANCELLED : FIX,
                null,
                null);
    }

    @Override
    public boolean isThere() {
        return !executor.isTerminated();
    }

    @Override
    public List<ExecutorService> parts() {
        return List.of(executor);
    }

    @Override
    public boolean endsWithItsHolder() {
        return false;
    }

    /** A periodic command is due again and again. */
    @Override
    public boolean mayEnd() {
        Duration due = commands.due();
        return !commands.periodic() && (due == null || due.compareTo(SOON) <= 0);
    }
}
