package dev.asyncloop.leak.leftovers;

import dev.asyncloop.jdk.DelayedCommands;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.leak.text.ProjectCode;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.registers.ThreadOrigins;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command of {@code CompletableFuture.delayedExecutor} that is not due, and whose future is not done. */
record LeftoverCommand(Beginning beginning) implements Begun {

    private static final String FIX = "wait until it is due, or cancel or complete its future";

    static @Nullable List<Leftover> of(Object thing, Beginning beginning) {
        return DelayedCommands.isOfUse(thing) && isWantedByProject(beginning)
                ? List.of(new LeftoverCommand(beginning))
                : null;
    }

    /**
     * Whether the project's own code wanted it. Libraries leave commands behind, such as one that tidies up a cache
     * which is garbage by then.
     */
    private static boolean isWantedByProject(Beginning beginning) {
        return !beginning.isInClassInitialiser()
                && beginning.creator().filter(ProjectCode::isInFolder).isPresent();
    }

    @Override
    public Leak leak() {
        return new Leak(
                LeakKind.PENDING_TIMER,
                new Subject.DelayedCommand(),
                beginning.fromUserCode(),
                List.of(),
                FIX,
                null,
                null);
    }

    @Override
    public boolean isThere() {
        Object command = beginning.get();
        return command != null && ThreadOrigins.isThere(beginning) && DelayedCommands.isOfUse(command);
    }

    /** It may be due soon, since the delay is not known. */
    @Override
    public boolean mayEnd() {
        return true;
    }
}
