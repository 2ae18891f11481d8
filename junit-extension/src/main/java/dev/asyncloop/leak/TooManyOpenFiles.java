package dev.asyncloop.leak;

import java.util.Map;

/** What a failure shows that came of the process's having too many descriptors open: which lines opened how many. */
public final class TooManyOpenFiles {

    private static final String MESSAGE =
            "Too many open files"; // the text of EMFILE, and the beginning of that of ENFILE
    private static final int LINES = 20;

    private TooManyOpenFiles() {}

    /** Adds to {@code failure} what is open, if that is what it is about. */
    public static void note(Throwable failure) {
        if (isAboutIt(failure)) {
            failure.addSuppressed(new OpenNow(text(ProcessDescriptors.INSTANCE.census())));
        }
    }

    /** Has the classes loaded: when it matters, there is no descriptor left to read one by. */
    static void rehearse(ProcessDescriptors descriptors) {
        Throwable failure = new IllegalStateException(MESSAGE);
        if (isAboutIt(failure)) {
            failure.addSuppressed(new OpenNow(text(descriptors.census())));
        }
    }

    private static boolean isAboutIt(Throwable failure) {
        return SeenFailures.partsOf(failure).stream()
                .anyMatch(part -> String.valueOf(part.getMessage()).contains(MESSAGE));
    }

    private static String text(Map<String, Integer> counts) {
        int all = 0;
        for (int count : counts.values()) {
            all += count;
        }
        StringBuilder text = new StringBuilder().append(all).append(" file descriptors are open");
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(LINES)
                .forEach(entry -> text.append("\n  ")
                        .append(" "
                                .repeat(Math.max(
                                        0, 6 - entry.getValue().toString().length())))
                        .append(entry.getValue())
                        .append("  ")
                        .append(entry.getKey()));
        int more = counts.size() - LINES;
        return (more > 0 ? text.append("\n          and of ").append(more).append(" others") : text).toString();
    }

    /** No failure by itself, and so without a stack. */
    private static final class OpenNow extends RuntimeException {

        private static final long serialVersionUID = 1;

        OpenNow(String message) {
            super(message, null, false, false);
        }

        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}
