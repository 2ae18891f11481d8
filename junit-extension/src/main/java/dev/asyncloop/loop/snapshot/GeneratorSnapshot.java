package dev.asyncloop.loop.snapshot;

import dev.asyncloop.origin.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a generator that had started and not ended was at one moment.
 *
 * @param state what its body was doing, such as {@code suspended in emit}
 * @param owner who is charged with it; null without an account
 * @param creator the number of the task that created it, as in its {@link TaskSnapshot}; 0 if no task did
 * @param created where it was created, from the first line of user code on
 * @param waiting where its body was, from the first line of user code on
 */
public record GeneratorSnapshot(
        GeneratorState state,
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
