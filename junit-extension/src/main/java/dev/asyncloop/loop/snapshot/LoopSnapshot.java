package dev.asyncloop.loop.snapshot;

import dev.asyncloop.origin.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event loop was at one moment: the dump that messages show.
 *
 * @param owner whom the loop is charged to, null where nobody keeps account
 * @param running whether a thread was running it
 * @param created where the loop was created, from the first line of user code on
 * @param tasks every task that was not done, in the order of creation
 * @param generators every started and unfinished generator, in the order of their start
 * @param notes what is not as on every loop: its order, and its virtual time
 */
public record LoopSnapshot(
        @Nullable Owner owner,
        boolean running,
        List<StackTraceElement> created,
        List<TaskSnapshot> tasks,
        List<GeneratorSnapshot> generators,
        List<String> notes) {

    /**
     * The tasks and generators, numbered, each with where it was created and where it waits, many of a kind as one
     * entry; then the notes.
     */
    @Override
    public String toString() {
        return DumpEntries.of(this);
    }
}
