package dev.asyncloop.leak;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Names what a library, or a team's own code, keeps for the whole JVM and makes when it is first needed: no leak of the test that comes
 * first. One on the class path is found by {@link java.util.ServiceLoader}. Asked once, by any thread.
 *
 * <p>What a class initialiser makes needs no name, and what belongs to an object that somebody can close should have none.
 */
public interface LeakPreset {

    /** What is kept. Where this throws, a line says so, and the preset is left out. */
    List<Singleton> singletons();

    /** What is kept. */
    enum Thing {
        /** Platform threads, and executors all of whose threads have such names. */
        THREADS,
        /** Files, sockets and whatever else has a file descriptor. */
        DESCRIPTORS
    }

    /**
     * Something that one class makes, under some name; neither alone would do.
     *
     * @param creator the full name of the class that makes it, nested classes included, or of a package, with a dot at the end, also
     *     where a build moved it into a package of its own: the innermost class on the stack that is not the JDK's
     * @param names the names of the threads, or what the links in {@code /proc/self/fd} name, such as a path or {@code socket:[12]}
     */
    record Singleton(Thing thing, String creator, Pattern names) {

        /**
         * As it is.
         *
         * @throws IllegalArgumentException if {@code creator} is blank: everybody's threads would be excused
         */
        public Singleton {
            Objects.requireNonNull(thing, "thing");
            Objects.requireNonNull(names, "names");
            if (creator.isBlank()) {
                throw new IllegalArgumentException("creator is blank; it must name a class or a package");
            }
        }

        /** Threads whose names match a regular expression, and executors that have no others. */
        public static Singleton threads(String creator, String names) {
            return new Singleton(Thing.THREADS, creator, Pattern.compile(names));
        }

        /** Descriptors whose links match a regular expression. */
        public static Singleton descriptors(String creator, String targets) {
            return new Singleton(Thing.DESCRIPTORS, creator, Pattern.compile(targets));
        }

        public boolean holds(Thing what, StackTraceElement frame, List<String> called) {
            return what == thing
                    && isBy(frame.getClassName())
                    && called.stream().allMatch(name -> names.matcher(name).matches());
        }

        private boolean isBy(String type) {
            int start = ("." + type).indexOf("." + creator); // a library that was moved keeps the end of its name
            int end = start + creator.length();
            return start >= 0 && (creator.endsWith(".") || end == type.length() || type.charAt(end) == '$');
        }
    }
}
