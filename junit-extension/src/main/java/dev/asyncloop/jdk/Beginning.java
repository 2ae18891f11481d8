package dev.asyncloop.jdk;

import dev.asyncloop.origin.trace.CallStack;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The moment at which an executor or the like was made, or a platform thread or a child process started. Refers to it, but does not keep
 * it.
 *
 * <p>Any thread.
 */
public final class Beginning extends WeakReference<@Nullable Object> {

    /** Ways through the JDK by which anybody creates things. */
    private static final List<String> IN_BETWEEN = List.of(
            "java.lang.",
            "java.util.",
            "jdk.internal.vm.",
            "jdk.internal.reflect.",
            "java.net.URLClassLoader",
            "java.net.FactoryURLClassLoader",
            "java.security.AccessController");

    private final Object owner;

    /** Whether the account of its owner was closed meanwhile, so that it has been judged. Any thread. */
    private volatile boolean settled;

    /** Whether it is kept for all; null until somebody asks. Any thread. */
    private volatile @Nullable Boolean kept;

    private final CallStack stack = CallStack.current();

    Beginning(Object thing, Object owner) {
        super(thing);
        this.owner = owner;
    }

    /** Who was at work, also where it is charged to nobody. */
    Object by() {
        return owner;
    }

    /** Whom that is charged to which it makes; null where a class initialiser was under way, and where it is kept for all. */
    public @Nullable Object owner() {
        return isInClassInitialiser() || isKept() ? null : owner;
    }

    private boolean isKept() {
        Boolean known = kept;
        if (known == null) {
            known = ThreadOrigins.isKept(this);
            kept = known;
        }
        return known;
    }

    /** Whether {@code someOwner} was at work. */
    boolean isBy(Object someOwner) {
        return owner == someOwner;
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
        return stack.isInClassInitialiser();
    }

    /** The stack, from the first line of user code on; empty where there is none. */
    public List<StackTraceElement> fromUserCode() {
        return stack.fromUserCode();
    }

    /** The frame that wanted it: the innermost that is not one of the JDK's ways to make such a thing. */
    public Optional<StackTraceElement> creator() {
        boolean told = false;
        for (StackTraceElement frame : stack.frames()) {
            String type = frame.getClassName();
            told |= type.equals(ThreadOrigins.EVENTS);
            if (told && !(CallStack.isJdk(frame) && CallStack.isIn(IN_BETWEEN, type))) {
                return Optional.of(frame);
            }
        }
        return Optional.empty();
    }
}
