package dev.asyncloop.leak.descriptors;

import dev.asyncloop.leak.exclusions.Exclusions;
import dev.asyncloop.leak.exclusions.What;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The event loops that all clients and servers of a library share. The library keeps them for good, or a while longer
 * than its clients. The {@linkplain Exclusions exclusions} say which libraries have such loops. Any thread.
 */
final class SharedLoops {

    private static final Set<String> EVENT_LOOP = Set.of("eventpoll", "eventfd", "timerfd", "io_uring");

    /** Part of the name of a thread whose loop Java code opens. Such a loop is recognised by the code that made it. */
    private static final String BY_JAVA = "nio-";

    /** Part of the name of a thread whose loop uses io_uring. The system does not tell which sockets it watches. */
    private static final String BY_IO_URING = "io_uring-";

    /** Gives the names of the live threads. */
    private final Supplier<Stream<String>> threads;

    /** The numbers of the excused descriptors, by their kind; under this object's lock. */
    private final Map<String, Set<Integer>> excused = new HashMap<>();

    SharedLoops(Supplier<Stream<String>> threads) {
        this.threads = threads;
    }

    /** Whether it is one of the kinds of descriptor by which an event loop waits. */
    static boolean isOfEventLoop(Descriptor descriptor) {
        return EVENT_LOOP.stream().anyMatch(descriptor::isAnonymous);
    }

    /** Whether the descriptor belongs to such a loop. */
    boolean have(Descriptor descriptor) {
        if (descriptor.origin() != null) {
            return isOfEventLoop(descriptor)
                    && isMadeToShare(descriptor.origin().stack(), descriptor.target());
        }
        if (descriptor.isSocket()) {
            return threads.get().anyMatch(name -> name.contains(BY_IO_URING) && isShared(name));
        }
        return isOfEventLoop(descriptor) && isOfThread(descriptor);
    }

    private static boolean isShared(String thread) {
        return Exclusions.contain(What.LOOP, thread) || Exclusions.contain(What.LOOP_GROUP, thread);
    }

    private static boolean isMadeToShare(List<StackTraceElement> opened, String target) {
        return opened.stream().anyMatch(frame -> Exclusions.contain(What.LOOP_MAKER, frame, target));
    }

    private synchronized boolean isOfThread(Descriptor openedByNativeCode) {
        List<String> names = threads.get().toList();
        if (names.stream().anyMatch(name -> Exclusions.contain(What.LOOP_GROUP, name))) {
            return true;
        }
        long count = names.stream()
                .filter(name -> !name.contains(BY_JAVA) && Exclusions.contain(What.LOOP, name))
                .count();
        if (count == 0) {
            excused.clear();
            return false;
        }
        return isAmong(
                excused.computeIfAbsent(openedByNativeCode.target(), kind -> new HashSet<>()),
                count,
                openedByNativeCode);
    }

    /** Whether the descriptor is among the first {@code most} that were asked for with this set. */
    static boolean isAmong(Set<Integer> known, long most, Descriptor descriptor) {
        return known.contains(descriptor.number()) || (known.size() < most && known.add(descriptor.number()));
    }
}
