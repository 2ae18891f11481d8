package dev.asyncloop.registers;

import dev.asyncloop.jdk.CleanerThreads;
import dev.asyncloop.jdk.FileDescriptors;
import dev.asyncloop.origin.Owner;
import java.io.FileDescriptor;
import java.lang.ref.WeakReference;
import java.nio.channels.SelectableChannel;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The register of open descriptors: by number, the moment at which each was opened.
 *
 * <p>A descriptor's object is reported before native code has written the number into it. So its opening waits in
 * {@link #unnumbered} until the number can be read: when the channel around the object is complete, when the next
 * descriptor is opened, or when somebody asks. From then on it is known, even if the object is lost while the number
 * stays open.
 *
 * <p>Any thread. The JDK's I/O calls it, so it never blocks, parks, waits for a monitor or opens anything: its
 * collections have no locks, and all classes are loaded before the first call. There is no guard against re-entry: an
 * opening within an opening would be one more entry.
 */
final class OpenDescriptors {

    /** How many openings are checked for a number at each event. Some wait long for one, such as that of an accept. */
    private static final int LOOK_BACK = 16;

    /** How many are checked when somebody asks whether anything happened. */
    private static final int LONG_LOOK_BACK = 256;

    /** A constant, so that it is linked before the first call. */
    private static final BinaryOperator<Opening> LATER = Opening::later;

    /**
     * The openings without a number, newest first. An opening is put into {@link #numbered} before it is taken out of
     * here, so it is always in one of the two.
     */
    private final ConcurrentLinkedDeque<Opening> unnumbered = new ConcurrentLinkedDeque<>();

    private final ConcurrentMap<Integer, Opening> numbered = new ConcurrentSkipListMap<>();

    private final CollectedDescriptors collected = new CollectedDescriptors();

    private final ClosedChannels closedChannels = new ClosedChannels();

    private final Supplier<? extends @Nullable Owner> ownerOfCurrentThread;

    private final AtomicLong events = new AtomicLong();

    /** Cleared by the next run of the garbage collector. Then there may be openings to forget. */
    private volatile WeakReference<Object> garbage = new WeakReference<>(new Object());

    /**
     * A register. {@code ownerOfCurrentThread} returns the owner at work on the current thread; null if there is none.
     */
    OpenDescriptors(Supplier<? extends @Nullable Owner> ownerOfCurrentThread) {
        this.ownerOfCurrentThread = ownerOfCurrentThread;
    }

    /** A descriptor was made, or a number opened. Without either, some object may have got its number. */
    void opened(@Nullable FileDescriptor made, int number) {
        events.getAndIncrement();
        settle(garbageWasCollected() ? Integer.MAX_VALUE : LOOK_BACK);
        if (made != null) {
            unnumbered.addFirst(opening(made));
        } else if (number >= 0) {
            numbered.put(number, opening(null));
        }
    }

    private Opening opening(@Nullable FileDescriptor made) {
        Owner owner = ownerOfCurrentThread.get();
        return new Opening(made, owner, owner == null ? ThreadOrigins.ofCurrentThread() : null);
    }

    /** A descriptor is about to be closed, or a number; or a channel was closed. */
    void closing(@Nullable Object closed, int number) {
        if (closed instanceof SelectableChannel channel) {
            closedChannels.add(channel);
        } else {
            closing((FileDescriptor) closed, number);
        }
    }

    private void closing(@Nullable FileDescriptor descriptor, int number) {
        events.getAndIncrement();
        int closed = descriptor == null ? number : FileDescriptors.numberOf(descriptor);
        Opening opening = numbered.get(closed);
        if (descriptor != null && (opening == null || !opening.refersTo(descriptor))) {
            opening = takeUnnumbered(descriptor);
            if (opening == null) {
                opening = numbered.get(closed); // where it has got meanwhile
            }
        }
        if (opening != null) {
            opening.closed = true; // for a thread that is about to put it back
            if (opening.isCharged() && CleanerThreads.isCurrent()) {
                opening.setCollected();
                collected.add(opening);
            }
        }
        numbered.remove(closed);
    }

    /** The opening of the descriptor that has this number now; empty if it was not seen. */
    Optional<Opening> find(int number) {
        for (Opening opening : unnumbered) {
            if (hasNumber(opening, number)) {
                return Optional.of(opening);
            }
        }
        Opening opening = numbered.get(number);
        return opening != null && (opening.refersTo(null) || hasNumber(opening, number))
                ? Optional.of(opening)
                : Optional.empty();
    }

    /** The opening of everything that is open and was seen, by number. */
    Map<Integer, Opening> all() {
        settle(Integer.MAX_VALUE);
        Map<Integer, Opening> open = new HashMap<>();
        numbered.forEach((number, opening) -> {
            if (opening.refersTo(null) || hasNumber(opening, number)) {
                open.put(number, opening);
            }
        });
        return open;
    }

    /** Forgets an opening: the descriptor is closed, though no hook told of it. */
    void forget(int number, Opening opening) {
        numbered.remove(number, opening);
    }

    /** A number that changes with each opening and closing. An accept counts as an opening when it returns. */
    long events() {
        settle(LONG_LOOK_BACK);
        return events.get();
    }

    CollectedDescriptors collected() {
        return collected;
    }

    ClosedChannels closedChannels() {
        return closedChannels;
    }

    /**
     * Looks at the {@code last} newest openings without a number. Moves those that have got one, and drops those that
     * never will.
     */
    private void settle(int last) {
        Iterator<Opening> newest = unnumbered.iterator();
        for (int i = 0; i < last && newest.hasNext(); i++) {
            Opening opening = newest.next();
            FileDescriptor descriptor = opening.get();
            int number = descriptor == null ? -1 : FileDescriptors.numberOf(descriptor);
            if (number >= 0) {
                events.getAndIncrement();
                numbered.merge(
                        number, opening,
                        LATER); // who has the number may have closed it meanwhile, and another opened it
            }
            if (number >= 0 || descriptor == null) {
                newest.remove();
            }
            if (opening.closed) {
                numbered.remove(number, opening);
            }
        }
    }

    private @Nullable Opening takeUnnumbered(FileDescriptor descriptor) {
        Iterator<Opening> newest = unnumbered.iterator();
        while (newest.hasNext()) {
            Opening opening = newest.next();
            if (opening.refersTo(descriptor)) {
                newest.remove();
                return opening;
            }
        }
        return null;
    }

    private static boolean hasNumber(Opening opening, int number) {
        FileDescriptor descriptor = opening.get();
        return descriptor != null && number >= 0 && FileDescriptors.numberOf(descriptor) == number;
    }

    private boolean garbageWasCollected() {
        boolean collected = garbage.refersTo(null);
        if (collected) {
            garbage = new WeakReference<>(new Object());
        }
        return collected;
    }
}
