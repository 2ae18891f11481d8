package dev.asyncloop.leak.leftovers;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.registers.Beginning;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One sort of thing among what owners begin.
 *
 * @param kind the kind of its leaks
 * @param leftovers finds what is left of a thing
 */
record Sort(LeakKind kind, Finder leftovers) {

    interface Finder {
        /** The thing itself, its parts, or nothing; null if the thing is of another sort. */
        @Nullable
        List<Leftover> of(Object thing, Beginning beginning);
    }

    /** All sorts. A thing belongs to the first that knows it. */
    private static final List<Sort> ALL = List.of(
            new Sort(LeakKind.EXECUTOR, LeftoverExecutor::of),
            new Sort(LeakKind.CHILD_PROCESS, LeftoverProcess::of),
            new Sort(LeakKind.PLATFORM_THREAD, LeftoverThread::of),
            new Sort(LeakKind.FILE_DESCRIPTOR, LeftoverLoader::of),
            new Sort(LeakKind.PENDING_TIMER, LeftoverCommand::of),
            new Sort(LeakKind.RESOURCE, (thing, beginning) -> null)); // known by its beginning

    /** The kinds of the leaks of all sorts. */
    static LeakKind[] kinds() {
        return ALL.stream().map(Sort::kind).toArray(LeakKind[]::new);
    }

    /** What is left of the thing that began there. */
    static Stream<Leftover> leftoversOf(Beginning beginning) {
        if (beginning.resource() != null) {
            return Stream.ofNullable(LeftoverResource.of(beginning, beginning.resource()));
        }
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
