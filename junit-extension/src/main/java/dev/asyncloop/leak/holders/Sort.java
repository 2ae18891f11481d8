package dev.asyncloop.leak.holders;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.registers.Beginning;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One sort of thing that is looked for among what began.
 *
 * @param kind as what it is reported
 * @param leftovers what is left of a thing: itself, its parts, or nothing; null where the thing is of another sort
 */
record Sort(LeakKind kind, Finder leftovers) {

    /** Says what is left of a thing. */
    interface Finder {

        @Nullable
        List<Leftover> of(Object thing, Beginning beginning);
    }

    /** All. A thing is of the first that knows it. */
    private static final List<Sort> ALL = List.of(
            new Sort(LeakKind.EXECUTOR, LeftoverExecutor::of),
            new Sort(LeakKind.CHILD_PROCESS, LeftoverProcess::of),
            new Sort(LeakKind.PLATFORM_THREAD, LeftoverThread::of),
            new Sort(LeakKind.FILE_DESCRIPTOR, LeftoverLoader::of),
            new Sort(LeakKind.PENDING_TIMER, LeftoverCommand::of));

    /** As what leftovers may be reported. */
    static LeakKind[] kinds() {
        return ALL.stream().map(Sort::kind).toArray(LeakKind[]::new);
    }

    /** What is left of what began there. */
    static Stream<Leftover> leftoversOf(Beginning beginning) {
        Object thing = beginning.get();
        if (thing != null) {
            for (Sort sort : ALL) {
                List<Leftover> left = sort.leftovers.of(thing, beginning);
                if (left != null) {
                    return left.stream();
                }
            }
        }
        return Stream.empty();
    }
}
