package dev.asyncloop.leak.exclusions;

import dev.asyncloop.jdk.Workers;
import dev.asyncloop.origin.trace.Frames;
import dev.asyncloop.registers.Beginning;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;

/**
 * Tells what belongs to no test, though one needed it first: what a class initialiser made, what the JDK makes for
 * itself, what is ours, and what a library keeps for the whole JVM. The {@linkplain Exclusions exclusions} name the
 * last. Any thread.
 */
public final class KeptForAll {

    /** The sorts of rows about threads, which include those of event loops. */
    private static final List<What> THREADS = List.of(What.THREAD, What.LOOP, What.LOOP_GROUP);

    private KeptForAll() {}

    /**
     * Accepts the threads and executors that a library keeps. What such a thread does belongs to nobody: whoever came
     * first only needed it. A thread that a library lends is not accepted: it works for whoever had it started.
     */
    public static Predicate<Beginning> libraries() {
        Exclusions.of(What.THREAD); // reads all rows now, since the predicate is asked when a thread starts
        return KeptForAll::isKeptByLibrary;
    }

    private static boolean isKeptByLibrary(Beginning beginning) {
        Object thing = beginning.get();
        Collection<Thread> threads = thing instanceof Thread thread
                ? List.of(thread)
                : thing instanceof ExecutorService executor ? Workers.of(executor) : List.of();
        if (threads.isEmpty()) {
            return false;
        }
        Optional<StackTraceElement> creator = beginning.creator();
        return creator.isPresent()
                && isNamed(creator.get(), threads)
                && !Exclusions.contain(What.LENT_THREAD, creator.get(), names(threads));
    }

    private static List<String> names(Collection<Thread> threads) {
        List<String> names = new ArrayList<>();
        for (Thread thread : threads) {
            names.add(thread.getName());
        }
        return names;
    }

    private static boolean isNamed(StackTraceElement creator, Collection<Thread> threads) {
        List<String> names = names(threads);
        for (What what : THREADS) {
            if (Exclusions.contain(what, creator, names)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a thing that began there, with these threads if any, is kept for all. */
    public static boolean contains(Beginning beginning, Collection<Thread> threads) {
        return beginning.isInClassInitialiser()
                || beginning
                        .creator()
                        .filter(frame -> !contains(frame, threads))
                        .isEmpty();
    }

    /** Whether threads that the code of {@code creator} made are kept for all. */
    static boolean contains(StackTraceElement creator, Collection<Thread> threads) {
        return Frames.isJdk(creator)
                || (Frames.isOurs(creator)
                        && threads.stream().allMatch(thread -> thread.getName().startsWith("asyncloop-")))
                || isNamed(creator, threads);
    }

    /**
     * Whether a descriptor that was opened with that stack is kept for all; {@code target} is the target of its link.
     */
    public static boolean contains(List<StackTraceElement> opened, String target) {
        for (StackTraceElement frame : opened) {
            if (!Frames.isJdk(frame)) {
                return Exclusions.contain(What.DESCRIPTOR, frame, target) || isOfDroppedClient(opened, target);
            }
        }
        return false;
    }

    /**
     * Whether a client opened it that a library made for one request and dropped: nobody but the garbage collector can
     * close that. The library called the client itself, with nobody's code between them.
     */
    public static boolean isOfDroppedClient(List<StackTraceElement> opened, String target) {
        boolean byClient = false;
        for (StackTraceElement frame : opened) {
            if (Exclusions.contain(What.HTTP_CLIENT, frame)) {
                byClient = true;
            } else if (!Frames.isJdk(frame)) {
                return byClient && Exclusions.contain(What.DROPS_CLIENT, frame, target);
            }
        }
        return false;
    }
}
