package dev.asyncloop.leak.process;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.OwnersCode;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How long may still be waited for things of one stack. A suite that leaves the same thing in each test would else wait
 * a second in each of them. Of the stack counts what the test's code called, since the lines of the test itself differ
 * from test to test. Any thread.
 */
final class Waits {

    /** For all things of the run that were created at one stack. */
    private static final long MOST_MILLIS = 3_000;

    /** A wait at whose end the thing was gone costs less: many tests may close the same pool, and each be soon done. */
    private static final int SHARE_OF_ENDED = 10;

    /** For a thing like one that was waited for in vain, which may still be about to end. */
    private static final long SHORT_MILLIS = 20;

    /** How many stacks are remembered. Things of others are waited for each time. */
    private static final int MOST_STACKS = 10_000;

    private static final AtomicBoolean SAID = new AtomicBoolean();

    static final Waits OF_THIS_RUN = new Waits();

    private final Map<Stack, Spent> stacks;

    /** How long the cleaner was waited for in vain. */
    private final AtomicLong cleanerMillis;

    private final OwnersCode code;

    private record Stack(LeakKind kind, List<StackTraceElement> created) {}

    /** What the waits for things of one stack have cost, and the places where things were that did not end. */
    private static final class Spent {

        private final Set<List<StackTraceElement>> inVain = new HashSet<>(); // under this object's monitor, as the next
        private long millis; // times SHARE_OF_ENDED

        synchronized long allows(Leak leak, long wanted) {
            return Math.clamp(
                    MOST_MILLIS - millis / SHARE_OF_ENDED,
                    0,
                    inVain.contains(place(leak)) ? Math.min(SHORT_MILLIS, wanted) : wanted);
        }

        /**
         * Where a thing is that does not end. A descriptor is nowhere: of those only what the same line of the test opened
         * is alike.
         */
        private static List<StackTraceElement> place(Leak leak) {
            return leak.kind() == LeakKind.FILE_DESCRIPTOR ? leak.created() : leak.waiting();
        }

        synchronized void add(long waited, int share) {
            millis += waited * share;
        }

        synchronized void inVain(Leak leak) {
            inVain.add(place(leak));
        }
    }

    Waits() {
        this(new ConcurrentHashMap<>(), new AtomicLong(), new OwnersCode(null));
    }

    private Waits(Map<Stack, Spent> stacks, AtomicLong cleanerMillis, OwnersCode code) {
        this.stacks = stacks;
        this.cleanerMillis = cleanerMillis;
        this.code = code;
    }

    /** The same, for the things of one owner. */
    Waits of(Owner owner) {
        return new Waits(stacks, cleanerMillis, new OwnersCode(owner.type()));
    }

    private Stack stack(Leak leak) {
        return new Stack(leak.kind(), List.copyOf(code.called(leak.created())));
    }

    /**
     * Whether all classes may be asked who holds a thing, which costs time as well. For a descriptor always: a test may
     * fail for it.
     */
    boolean mayAsk(Leak leak) {
        return mayExplain(leak) || leak.kind() == LeakKind.FILE_DESCRIPTOR;
    }

    /** Whether time may be spent on words. */
    boolean mayExplain(Leak leak) {
        Spent spent = stacks.get(stack(leak));
        return spent == null || spent.allows(leak, 1) > 0;
    }

    /** How many milliseconds may be waited for a thing that is described by {@code leak}. */
    long allow(Leak leak, long wanted) {
        Spent spent = stacks.get(stack(leak));
        long least = leak.kind() == LeakKind.FILE_DESCRIPTOR ? Math.min(SHORT_MILLIS, wanted) : 0;
        return spent == null ? wanted : Math.max(least, spent.allows(leak, wanted));
    }

    /**
     * How many milliseconds may be waited until the JDK's cleaner closes what is garbage, whatever was waited for things
     * of its stack that are none.
     */
    long allowCleaner(long wanted) {
        return Math.clamp(MOST_MILLIS - cleanerMillis.get(), 0, wanted);
    }

    void spendOnCleaner(long millis) {
        cleanerMillis.addAndGet(millis);
    }

    /** Says once that things like that one are not looked for any more. */
    void sayWhatIsLeftOut(Leak leak) {
        if (SAID.compareAndSet(false, true)) {
            Log.log(
                    Level.INFO,
                    "asyncloop: executors without a thread are not looked for any more where it took three seconds to"
                            + " find out whether those of one stack are garbage, as those created at "
                            + leak.origin().map(StackTraceElement::toString).orElse("an unknown line"));
        }
    }

    /** Notes that so many milliseconds were waited for all these things together, and that they are still there. */
    void spend(List<Leak> things, long millis) {
        spend(things, millis, SHARE_OF_ENDED);
    }

    /** Notes that so many milliseconds were waited for all these things together, and that they ended. */
    void ended(List<Leak> things, long millis) {
        spend(things, millis, 1);
    }

    private void spend(List<Leak> things, long millis, int share) {
        Set<Stack> paid = new HashSet<>();
        for (Leak thing : things) {
            Spent spent = paid.add(stack(thing)) ? spent(thing) : null;
            if (spent != null) {
                spent.add(millis, share);
            }
        }
    }

    /** Notes that a thing was waited for long enough, and is still there. */
    void inVain(Leak thing) {
        Spent spent = spent(thing);
        if (spent != null) {
            spent.inVain(thing);
        }
    }

    private @Nullable Spent spent(Leak leak) {
        return stacks.size() < MOST_STACKS
                ? stacks.computeIfAbsent(stack(leak), none -> new Spent())
                : stacks.get(stack(leak));
    }
}
