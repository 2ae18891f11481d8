package dev.asyncloop.loop.snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of a dump: its tasks and generators, numbered, each with what it does, where it was created and where it
 * waits.
 *
 * <p>If there are many, those that were created in the same line and wait in the same line become one entry, and only
 * the first entries are shown.
 */
public final class DumpEntries {

    /** How many entries are shown, and up to how many tasks each has an entry of its own. */
    private static final int FEW = 20;

    private DumpEntries() {}

    public static String of(LoopSnapshot snapshot) {
        return text(
                        Stream.<Object>concat(snapshot.tasks().stream(), snapshot.generators().stream())
                                .toList(),
                        0)
                + notes(snapshot.notes());
    }

    public static String notes(List<String> notes) {
        return notes.stream().map(note -> "\n  " + note).collect(Collectors.joining());
    }

    public static String text(List<Object> entries, int unseen) {
        if (entries.isEmpty()) {
            return "  no task is pending";
        }
        StringBuilder text = new StringBuilder();
        int number = 0;
        int shown = 0;
        for (List<Object> alike : groups(entries)) {
            if (number == FEW) {
                break;
            }
            text.append(number == 0 ? "" : "\n").append("  ").append(++number).append(". ");
            if (alike.size() > 1) {
                text.append(alike.size()).append(" like ");
            }
            text.append(alike.get(0));
            shown += alike.size();
        }
        int more = entries.size() - shown + unseen;
        return more == 0 ? text.toString() : text + "\n  and " + more + " more";
    }

    private static Collection<List<Object>> groups(List<Object> entries) {
        if (entries.size() <= FEW) {
            return entries.stream().map(List::of).toList();
        }
        Map<List<String>, List<Object>> groups = new LinkedHashMap<>();
        for (Object entry : entries) {
            groups.computeIfAbsent(key(entry), key -> new ArrayList<>()).add(entry);
        }
        return groups.values();
    }

    /** What entries that become one have in common: their kind, and all lines but the first. */
    private static List<String> key(Object entry) {
        String text = entry.toString();
        int lines = text.indexOf('\n');
        boolean background = entry instanceof TaskSnapshot task && task.background();
        return List.of(entry.getClass().getName() + background, lines < 0 ? "" : text.substring(lines));
    }

    /** A line about {@code count} things; empty for none. */
    public static String line(int count, String one, String many, String more) {
        return count <= 0 ? "" : "\n  " + count + " " + (count == 1 ? one : many) + more;
    }

    /** A line of an entry with the first frame of {@code stack}; empty for an empty stack. */
    public static String frame(String word, List<StackTraceElement> stack) {
        return stack.isEmpty() ? "" : "\n       " + word + "  " + stack.get(0);
    }
}
