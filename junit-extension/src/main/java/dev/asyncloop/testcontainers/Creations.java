package dev.asyncloop.testcontainers;

import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.origin.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Who has created which containers. It knows nothing of Testcontainers, which may not be there. Any thread. */
final class Creations {

    private static final List<String> LIBRARIES =
            List.of("org.testcontainers.", "com.github.dockerjava.", "org.rnorth.", "java.", "jdk.");
    private static final String OURS = Creations.class.getPackageName() + ".";
    private static final List<String> BELOW_A_BODY =
            List.of("dev.asyncloop.loop.", "dev.asyncloop.jdk.", "dev.asyncloop.jupiter.");

    private static final Map<Owner, List<Creation>> BY_OWNER = new ConcurrentHashMap<>();
    private static final AtomicLong COUNT = new AtomicLong();

    private Creations() {}

    /** Charges whom the current thread works for with a container that it is about to create, and returns its label; none for a class initialiser's. */
    static Optional<String> add() {
        Owner owner = CurrentOwner.get();
        if (owner == null) {
            return Optional.empty();
        }
        StackTraceElement[] stack = new Throwable().getStackTrace();
        if (Stream.of(stack).anyMatch(frame -> frame.getMethodName().equals("<clinit>"))) {
            return Optional.empty();
        }
        Creation creation = new Creation(
                ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet(),
                Stream.of(stack)
                        .dropWhile(frame -> isIn(frame, LIBRARIES) || isIn(frame, List.of(OURS)))
                        .takeWhile(frame -> !isIn(frame, BELOW_A_BODY))
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
