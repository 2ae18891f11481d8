package dev.asyncloop.leak.verdict;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One line of a baseline. It has no number, line or address, so that changes elsewhere in the code do not change it.
 *
 * @param test the test or class that leaves the leak behind, such as {@code org.shop.OrderTests.ships}
 * @param method the method that creates it, such as {@code org.shop.OrderStore.<init>}, or {@link #UNKNOWN}
 */
record KnownLeak(String test, LeakKind kind, String method) implements Comparable<KnownLeak> {

    /** The method of a leak whose creation nobody saw. */
    static final String UNKNOWN = "?";

    /**
     * Separates the columns. Besides the dot, the slash and the bracket, it is the only sign that no name of a class or
     * method may have.
     */
    private static final String BETWEEN = ";";

    private static final Comparator<KnownLeak> ORDER = Comparator.comparing(KnownLeak::toString);

    /** Parses a line; empty if it is wrong. */
    static Optional<KnownLeak> parse(String line) {
        List<String> columns =
                Stream.of(line.split(BETWEEN, -1)).map(String::strip).toList();
        return columns.size() == 3 && columns.stream().noneMatch(String::isEmpty)
                ? kind(columns.get(1)).map(kind -> new KnownLeak(columns.get(0), kind, columns.get(2)))
                : Optional.empty();
    }

    /** The kind with that name in configuration; empty if there is none. */
    private static Optional<LeakKind> kind(String name) {
        return Stream.of(LeakKind.values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst();
    }

    /**
     * The lines that may stand for a leak. The last one has the method that the message shows; the others have methods
     * nearer to the leak. A build may have a module in an archive that another build has in a folder, and then the
     * message shows another method.
     */
    static List<KnownLeak> namesOf(String test, Leak leak) {
        Optional<StackTraceElement> shown = leak.origin();
        if (shown.isEmpty()) {
            return List.of(new KnownLeak(test, leak.kind(), UNKNOWN));
        }
        List<StackTraceElement> stack = leak.created();
        return stack.subList(0, stack.indexOf(shown.get()) + 1).stream()
                .map(frame -> new KnownLeak(test, leak.kind(), method(frame)))
                .toList();
    }

    /** The method, without the numbers that compilers and libraries give to lambdas and anonymous classes. */
    static String method(StackTraceElement frame) {
        String type = frame.getClassName()
                .replaceFirst("\\$\\$.*", "") // of a proxy
                .replaceAll("\\$\\d+(?=\\$|$)", "") // without a name
                .replaceAll("\\$\\d+(?=\\p{javaJavaIdentifierStart})", "\\$"); // in a method
        String name = frame.getMethodName();
        while (name.matches("lambda\\$.+\\$\\d+")) {
            name = name.replaceFirst("lambda\\$(.+)\\$\\d+", "$1");
        }
        name = name.replaceFirst("\\$lambda\\b.*", ""); // Kotlin's
        return type + "."
                + switch (name) {
                    case "new" -> "<init>";
                    case "static" -> "<clinit>";
                    default -> name;
                };
    }

    @Override
    public int compareTo(KnownLeak other) {
        return ORDER.compare(this, other);
    }

    /** The line in the file. */
    @Override
    public String toString() {
        return test + BETWEEN + " " + kind + BETWEEN + " " + method;
    }
}
