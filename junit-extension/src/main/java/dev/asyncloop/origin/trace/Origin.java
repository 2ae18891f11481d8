package dev.asyncloop.origin.trace;

import dev.asyncloop.origin.Owner;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where something comes from: who was at work when it was created, and the stack of that moment. Any thread.
 *
 * @param atWork the owner at work; null if there was none
 * @param stack the stack of that moment; null if nobody will ask for it
 */
public record Origin(@Nullable Owner atWork, @Nullable CallStack stack) {

    /**
     * The origin of what the current thread creates now, while {@code atWork} is at work. It takes the stack, but names
     * no frames.
     */
    public static Origin here(@Nullable Owner atWork) {
        return new Origin(atWork, CallStack.current());
    }

    /** Who is charged with it; null if nobody is. The first call may name the frames, which takes microseconds. */
    public @Nullable Owner owner() {
        return charged(atWork, stack);
    }

    /**
     * The rule who is charged: the owner who was at work. But what a class initialiser creates belongs to nobody, since
     * it is created only once, in whichever test comes first.
     */
    public static @Nullable Owner charged(@Nullable Owner atWork, @Nullable CallStack stack) {
        return atWork != null && stack != null && stack.isInClassInitialiser() ? null : atWork;
    }

    /** The stack, from the first line of user code on; empty without such a line. */
    public List<StackTraceElement> fromUserCode() {
        return stack == null ? List.of() : stack.fromUserCode();
    }

    /**
     * The frame that created the thing: the innermost one that is not a way of the JDK to create things for its caller.
     *
     * @param told the class by which the JDK told us of the thing; the frames inside of its call are ours
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
