package dev.asyncloop.testcontainers;

import dev.asyncloop.loop.CurrentOwner;
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

/** Who has created which containers. It knows nothing of Testcontainers, which may not be there. Any thread. */
final class Creations {

    private static final List<String> LIBRARIES =
            List.of("org.testcontainers.", "com.github.dockerjava.", "org.rnorth.", "java.", "jdk.");
    private static final String OURS = Creations.class.getPackageName() + ".";

    private static final Map<Owner, List<Creation>> BY_OWNER = new ConcurrentHashMap<>();
    private static final AtomicLong COUNT = new AtomicLong();

    private Creations() {}

    /**
     * Charges whom the current thread works for with a container that it is about to create; returns its label, or none
     * where nobody is charged.
     */
    static Optional<String> add() {
        CallStack stack = CallStack.current();
        Owner owner = Origin.charged(CurrentOwner.get(), stack);
        if (owner == null) {
            return Optional.empty();
        }
        Creation creation = new Creation(
                ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet(),
                stack.outsideOf(Creations.class.getName()).stream()
                        .dropWhile(frame -> isIn(frame, LIBRARIES) || isIn(frame, List.of(OURS)))
                        .takeWhile(frame -> !Frames.isOurs(frame)) // which called the body
                        .toList());
        BY_OWNER.compute(owner, (key, before) -> {
            List<Creation> all = before == null ? new ArrayList<>() : before;
            all.add(creation);
            return all;
        });
        return Optional.of(creation.label());
    }

    private static boolean isIn(StackTraceElement frame, List<String> packages) {
        return packages.stream().anyMatch(frame.getClassName()::startsWith);
    }

    /** What {@code owner} has created; it is asked once. */
    static List<Creation> take(Owner owner) {
        List<Creation> created = BY_OWNER.remove(owner);
        return created == null ? List.of() : created;
    }
}
