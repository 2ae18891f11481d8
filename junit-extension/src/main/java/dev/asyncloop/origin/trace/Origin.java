package dev.asyncloop.origin.trace;

import dev.asyncloop.origin.Owner;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where something comes from: who was at work when it was created, and the stack of that moment. Any thread.
 *
 * @param atWork null where nobody known was at work
 * @param stack null where nobody will ask for it
 */
public record Origin(@Nullable Owner atWork, @Nullable CallStack stack) {

    /**
     * What the current thread creates now, while {@code atWork} is at work. Takes the stack, and names none of its
     * frames.
     */
    public static Origin here(@Nullable Owner atWork) {
        return new Origin(atWork, CallStack.current());
    }

    /** Who is charged with it. The first call may name the frames, which takes microseconds. */
    public @Nullable Owner owner() {
        return charged(atWork, stack);
    }

    /**
     * The rule: a thing is charged to the owner who was at work, but what a class initialiser creates is nobody's. It
     * is created once, in whichever test comes first.
     */
    public static @Nullable Owner charged(@Nullable Owner atWork, @Nullable CallStack stack) {
        return atWork != null && stack != null && stack.isInClassInitialiser() ? null : atWork;
    }

    /** The stack, from the first line of user code on; empty where there is none. */
    public List<StackTraceElement> fromUserCode() {
        return stack == null ? List.of() : stack.fromUserCode();
    }

    /**
     * The frame that wanted the thing: the innermost that is none of the JDK's ways to create one.
     *
     * @param told the class by which the JDK told us of it; the frames inside of its call are ours
     */
    public Optional<StackTraceElement> creator(String told) {
        if (stack == null) {
            return Optional.empty();
        }
        for (StackTraceElement frame : stack.outsideOf(told)) {
            if (!Frames.isWay(frame)) {
                return Optional.of(frame);
            }
        }
        return Optional.empty();
    }
}
