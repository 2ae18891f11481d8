package dev.asyncloop.loop.snapshot;

import dev.asyncloop.origin.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event loop was at one moment: the dump that messages show.
 *
 * @param owner who is charged with the loop; null without an account
 * @param running whether a thread was running it
 * @param created where the loop was created, from the first line of user code on
 * @param tasks every task that was not done, in the order of creation
 * @param generators every started and unfinished generator, in the order of their start
 * @param notes sentences about its order and its clock, if they are not the usual ones
 */
public record LoopSnapshot(
        @Nullable Owner owner,
        boolean running,
        List<StackTraceElement> created,
        List<TaskSnapshot> tasks,
        List<GeneratorSnapshot> generators,
        List<String> notes) {

    /**
     * The tasks and generators, numbered, each with where it was created and where it waits; then the notes. If there
     * are many, equal ones become one entry.
     */
    @Override
    public String toString() {
        return DumpEntries.of(this);
    }
}
