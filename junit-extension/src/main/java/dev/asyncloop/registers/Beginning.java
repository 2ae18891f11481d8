package dev.asyncloop.registers;

import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.Frames;
import dev.asyncloop.origin.trace.Origin;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The moment at which something began: an executor or the like was made, or a thread or a child process
 * started. It refers to the thing, but does not keep it.
 *
 * <p>Any thread.
 */
public final class Beginning extends WeakReference<@Nullable Object> implements Charged {

    /** The owner of what is nobody's. */
    static final Owner NOBODY = Owner.named("nobody");

    private static volatile Predicate<? super Beginning> keptForAll = beginning -> false;

    private final Owner atWork;
    private final Origin origin;
    private final @Nullable Resource resource;

    /** Whose it is by who holds it; {@link #NOBODY} if the whole run holds it, null while it is its creator's. */
    private volatile @Nullable Owner given;

    /** Whether it has been judged, since the account of its owner was closed. Any thread. */
    private volatile boolean settled;

    /** Whether the thing is kept for the whole JVM; null until somebody asks. Any thread. */
    private volatile @Nullable Boolean kept;

    /** The current thread begins {@code thing}, while {@code atWork} is at work. */
    Beginning(Object thing, Owner atWork) {
        this(thing, atWork, null);
    }

    /** The current thread makes {@code thing}, while {@code atWork} is at work; null for what goes on by itself. */
    Beginning(Object thing, Owner atWork, @Nullable Resource resource) {
        super(thing);
        this.resource = resource;
        this.atWork = atWork;
        this.origin = Origin.here(atWork);
    }

    /**
     * From now on, {@code kept} says what is kept for the whole JVM. It is asked once for each thing, on any thread.
     */
    static void keep(Predicate<? super Beginning> kept) {
        keptForAll = kept;
    }

    /** What was made there and has to be ended by hand; null for what goes on by itself. */
    public @Nullable Resource resource() {
        return resource;
    }

    /** The owner at work, or who holds it; another one, or nobody, may be charged. */
    Owner by() {
        Owner holder = given;
        return holder == null ? atWork : holder;
    }

    /** The owner who was at work when it began, whoever holds it. */
    public Owner atWork() {
        return atWork;
    }

    @Override
    public void give(Owner owner) {
        given = owner;
        settled = false;
    }

    @Override
    public void keep() {
        given = NOBODY;
        settled = true;
    }

    /**
     * Who is charged with what the thing does: with the threads that it starts, and with what they open. Null if nobody
     * is: a class initialiser made the thing, or it is kept for the whole JVM.
     */
    public @Nullable Owner owner() {
        Owner holder = given;
        if (holder != null) {
            return holder == NOBODY ? null : holder;
        }
        Owner charged = origin.owner();
        return charged == null || isKept() ? null : charged;
    }

    /** Whether it is kept for the whole JVM. */
    public boolean isKept() {
        Boolean known = kept;
        if (known == null) {
            known = keptForAll.test(this);
            kept = known;
        }
        return known;
    }

    /** Whether it is {@code someOwner}'s: that owner was at work, or holds it. */
    boolean isBy(Owner someOwner) {
        return by() == someOwner;
    }

    boolean isSettled() {
        return settled;
    }

    void settle() {
        settled = true;
    }

    /** Whether the thing may still begin other things. */
    @Override
    public boolean isThere() {
        if (resource != null) {
            return false;
        }
        Object thing = get(); // and no switch, whose first use takes some milliseconds of every start
        return thing instanceof Thread thread && thread.isAlive()
                || thing instanceof ExecutorService executor && !executor.isTerminated();
    }

    /**
     * Whether a class initialiser was under way. What happens there happens only once, in whichever test comes first.
     */
    public boolean isInClassInitialiser() {
        return origin.owner() == null;
    }

    /** The stack, from the first line of user code on; empty without such a line. */
    public List<StackTraceElement> fromUserCode() {
        return origin.fromUserCode();
    }

    /** Whether the JDK made the thing for itself. */
    public boolean isOfJdk() {
        return creator().filter(Frames::isJdk).isPresent();
    }

    /**
     * The frame that created the thing: the innermost one that is not a way of the JDK to create things for its caller.
     */
    public Optional<StackTraceElement> creator() {
        return origin.creator(JdkEvents.OF_THREADS);
    }
}
