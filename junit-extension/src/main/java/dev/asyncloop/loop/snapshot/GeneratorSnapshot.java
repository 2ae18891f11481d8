package dev.asyncloop.loop.snapshot;

import dev.asyncloop.origin.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a started and unfinished generator was at one moment.
 *
 * @param state what its body was doing, such as {@code suspended in emit}
 * @param owner whom it is charged to, null where nobody keeps account
 * @param creator the number of the task that created it, as in its {@link TaskSnapshot}; 0 where that was none
 * @param created where it was created, from the first line of user code on
 * @param waiting where its body was, from the first line of user code on
 */
public record GeneratorSnapshot(
        String state,
        @Nullable Owner owner,
        long creator,
        List<StackTraceElement> created,
        List<StackTraceElement> waiting) {

    @Override
    public String toString() {
        return "async generator (" + state + ")"
                + DumpEntries.frame("created", created)
                + DumpEntries.frame("waiting", waiting);
    }
}
