package dev.asyncloop.testcontainers.engine;

import dev.asyncloop.leak.Leaks;
import dev.asyncloop.leak.exclusions.Exclusions;
import dev.asyncloop.leak.exclusions.What;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.origin.trace.Frames;
import dev.asyncloop.origin.trace.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Remembers which owner created which containers. Knows nothing of Testcontainers, which may be missing. Any thread.
 */
final class Creations {

    private static final String OURS = Creations.class.getPackageName() + ".";

    private static final Map<Owner, List<Creation>> BY_OWNER = new ConcurrentHashMap<>();
    private static final AtomicLong COUNT = new AtomicLong();

    private Creations() {}

    /**
     * Charges the current owner with a container that the current thread is about to create. Returns the label for it;
     * empty if nobody is charged, as for what a class initialiser creates.
     */
    static Optional<String> add() {
        CallStack stack = CallStack.current();
        Owner owner = Origin.charged(Leaks.currentOwner(), stack);
        if (owner == null) {
            return Optional.empty();
        }
        Creation creation = new Creation(
                ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet(),
                stack.outsideOf(Creations.class.getName()).stream()
                        .dropWhile(Creations::isBetween)
                        .takeWhile(frame -> !Frames.isOurs(frame)) // which called the body
                        .toList());
        BY_OWNER.compute(owner, (key, before) -> {
            List<Creation> all = before == null ? new ArrayList<>() : before;
            all.add(creation);
            return all;
        });
        return Optional.of(creation.label());
    }

    /** Whether the frame is between us and the line that wants the container. */
    private static boolean isBetween(StackTraceElement frame) {
        return Frames.isJdk(frame) || frame.getClassName().startsWith(OURS) || Exclusions.contain(What.LIBRARY, frame);
    }

    /** Returns what {@code owner} has created, and forgets it. */
    static List<Creation> take(Owner owner) {
        List<Creation> created = BY_OWNER.remove(owner);
        return created == null ? List.of() : created;
    }
}
