package dev.asyncloop.loop.core;

import java.util.List;

/** Something of a loop that knows where it was created. Any thread. */
public abstract class Traced {

    /** For the satellites of the core. */
    protected Traced() {}

    /** Where it was created, from the first line of user code on. */
    protected abstract List<StackTraceElement> created();

    /** The same for the satellites, which cannot call the protected method. */
    public static List<StackTraceElement> createdAt(Traced thing) {
        return thing.created();
    }
}
