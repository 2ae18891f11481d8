package dev.asyncloop.registers;

import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.Origin;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The moment at which an executor or the like was made, or a platform thread or a child process started. Refers to it,
 * but does not keep it.
 *
 * <p>Any thread.
 */
public final class Beginning extends WeakReference<@Nullable Object> {

    private static volatile Predicate<? super Beginning> keptForAll = beginning -> false;

    private final Owner atWork;
    private final Origin origin;

    /** Whether the account of its owner was closed meanwhile, so that it has been judged. Any thread. */
    private volatile boolean settled;

    /** Whether it is kept for all; null until somebody asks. Any thread. */
    private volatile @Nullable Boolean kept;

    /** By the current thread, while {@code atWork} is. */
    Beginning(Object thing, Owner atWork) {
        super(thing);
        this.atWork = atWork;
        this.origin = Origin.here(atWork);
    }

    /** From now on, {@code kept} says what is kept for the whole JVM. Asked once a thing, by any thread. */
    static void keep(Predicate<? super Beginning> kept) {
        keptForAll = kept;
    }

    /** Who was at work, whoever is charged. */
    Owner by() {
        return atWork;
    }

    /**
     * Who is charged with this thing's own doings: with the threads that it starts, and with what is opened on them.
     * Null where nobody is: a class initialiser made the thing, or it is kept for all.
     */
    public @Nullable Owner owner() {
        Owner charged = origin.owner();
        return charged == null || isKept() ? null : charged;
    }

    private boolean isKept() {
        Boolean known = kept;
        if (known == null) {
            known = keptForAll.test(this);
            kept = known;
        }
        return known;
    }

    /** Whether {@code someOwner} was at work. */
    boolean isBy(Owner someOwner) {
        return atWork == someOwner;
    }

    boolean isSettled() {
        return settled;
    }

    void settle() {
        settled = true;
    }

    /** Whether something is there that may make more. */
    boolean isAtWork() {
        Object thing = get(); // and no switch, whose first use takes some milliseconds of every start
        return thing instanceof Thread thread && thread.isAlive()
                || thing instanceof ExecutorService executor && !executor.isTerminated();
    }

    /** Whether a class initialiser was under way: what happens there happens once, in whichever test comes first. */
    public boolean isInClassInitialiser() {
        return origin.owner() == null;
    }

    /** The stack, from the first line of user code on; empty where there is none. */
    public List<StackTraceElement> fromUserCode() {
        return origin.fromUserCode();
    }

    /** The frame that wanted it: the innermost that is not one of the JDK's ways to make such a thing. */
    public Optional<StackTraceElement> creator() {
        return origin.creator(JdkEvents.OF_THREADS);
    }
}
