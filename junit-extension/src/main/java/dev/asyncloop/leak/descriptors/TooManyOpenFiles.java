package dev.asyncloop.leak.descriptors;

import dev.asyncloop.leak.detect.SeenFailures;
import dev.asyncloop.text.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Explains a failure that came of too many open descriptors: which lines opened how many. */
public final class TooManyOpenFiles {

    private static final String MESSAGE =
            "Too many open files"; // the text of EMFILE, and the beginning of that of ENFILE
    private static final int LINES = 20;

    private TooManyOpenFiles() {}

    /** Adds what is open to {@code failure}, if too many open files caused it. */
    public static void note(Throwable failure) {
        if (isAboutIt(failure)) {
            failure.addSuppressed(new Note(text(ProcessDescriptors.INSTANCE.census())));
        }
    }

    /** Loads the classes that are needed: when it matters, no descriptor is left to read them by. */
    static void rehearse(ProcessDescriptors descriptors) {
        Throwable failure = new IllegalStateException(MESSAGE);
        if (isAboutIt(failure)) {
            failure.addSuppressed(new Note(text(descriptors.census())));
        }
    }

    private static boolean isAboutIt(Throwable failure) {
        for (Throwable part : SeenFailures.partsOf(failure)) {
            if (String.valueOf(part.getMessage()).contains(MESSAGE)) {
                return true;
            }
        }
        return false;
    }

    /** The counts, the largest first. */
    private static String text(Map<String, Integer> counts) {
        List<Map.Entry<String, Integer>> kinds = new ArrayList<>(counts.entrySet());
        kinds.sort(TooManyOpenFiles::compare);
        int all = 0;
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Integer> kind : kinds) {
            all += kind.getValue();
        }
        text.append(all).append(" file descriptors are open");
        for (Map.Entry<String, Integer> kind : kinds.subList(0, Math.min(LINES, kinds.size()))) {
            String count = kind.getValue().toString();
            text.append("\n  ")
                    .append(" ".repeat(Math.max(0, 6 - count.length())))
                    .append(count)
                    .append("  ")
                    .append(kind.getKey());
        }
        int more = kinds.size() - LINES;
        if (more > 0) {
            text.append("\n          and of ").append(more).append(" others");
        }
        return text.toString();
    }

    private static int compare(Map.Entry<String, Integer> one, Map.Entry<String, Integer> other) {
        int more = other.getValue().compareTo(one.getValue());
        return more != 0 ? more : one.getKey().compareTo(other.getKey());
    }
}
