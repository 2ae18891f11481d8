package dev.asyncloop.leak.subject;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who keeps a thing that is open, as far as a search for it has found out. Immutable; any thread. */
public sealed interface Holder {

    /** Something that holds it by references: a static field, an object, an extension's store. */
    record Path(Root root, List<Step> steps, @Nullable Closer closer) implements Holder {

        public Path {
            steps = List.copyOf(steps);
        }
    }

    /** Nothing that could be found refers to it any more. */
    record Nobody() implements Holder {}

    /** It may be in a local variable of a thread that still runs, where nobody can look. */
    record PerhapsThread(String name) implements Holder {}

    /** The search was cut, after so many objects. */
    record Unknown(int objects) implements Holder {}

    /**
     * Where a path begins.
     *
     * @param type the full name of the class; the name of a thread; empty for the store of the run
     * @param member the name of the static field; empty for others
     */
    record Root(Kind kind, String type, String member) {

        /** The sort of beginning. */
        public enum Kind {
            /** A static field. */
            STATIC,
            /** A field of the test's instance, or of an instance that the tests of a class share. */
            INSTANCE,
            /** The store of an extension. */
            STORE,
            /** A thread, by a thread-local or by what it runs. */
            THREAD,
            /** A static field that holds nothing for itself, such as a list of everything of a kind, or that of a tool. */
            REGISTER,
            /** A static field of the JDK, such as the list of hooks for the shutdown. */
            JDK
        }
    }

    /**
     * One object on a path.
     *
     * @param by the field that refers to it; empty for an element of an array
     * @param type the simple name of its class
     */
    record Step(String by, String type) {}

    /**
     * The object on a path that the user can close, and how.
     *
     * @param type the simple name of its class
     * @param method the name of a public method without parameters
     */
    record Closer(String type, String method) {}
}
