package dev.asyncloop.leak.verdict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The lines of a baseline, and the comments above each of them. Immutable. */
final class BaselineText {

    private static final List<String> HEADER = """
        # What tests left behind when this file was written: asyncloop lets it pass, and fails them for anything else.
        # test; kind; what created it. Of a line that no longer occurs, a run says that it can be deleted.
        """.lines().toList();

    /** The comments above the first line that are about the whole file. */
    private final List<String> header;

    private final SortedMap<KnownLeak, List<String>> comments;

    private BaselineText(List<String> header, SortedMap<KnownLeak, List<String>> comments) {
        this.header = header;
        this.comments = comments;
    }

    /** Parses a file. Throws an {@link IllegalArgumentException} at the first wrong line. */
    static BaselineText parse(List<String> lines) {
        List<String> header = HEADER;
        SortedMap<KnownLeak, List<String>> comments = new TreeMap<>();
        List<String> above = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            if (line.startsWith("#")) {
                above.add(line);
            } else if (!line.isEmpty()) {
                comments.computeIfAbsent(knownLeak(index + 1, line), none -> new ArrayList<>())
                        .addAll(above);
                above.clear();
            } else if (comments.isEmpty() && !above.isEmpty()) {
                header = List.copyOf(above);
                above.clear();
            }
        }
        return new BaselineText(header, comments);
    }

    private static KnownLeak knownLeak(int number, String line) {
        return KnownLeak.parse(line)
                .orElseThrow(() -> new IllegalArgumentException("line " + number + " is '" + line
                        + "', and not a test, a kind and a method with ';' between them"));
    }

    Set<KnownLeak> lines() {
        return comments.keySet();
    }

    boolean contains(KnownLeak leak) {
        return comments.containsKey(leak);
    }

    BaselineText with(Collection<KnownLeak> more) {
        SortedMap<KnownLeak, List<String>> all = new TreeMap<>(comments);
        more.forEach(known -> all.putIfAbsent(known, List.of()));
        return new BaselineText(header, all);
    }

    BaselineText without(Predicate<KnownLeak> which) {
        SortedMap<KnownLeak, List<String>> rest = new TreeMap<>(comments);
        rest.keySet().removeIf(which);
        return new BaselineText(header, rest);
    }

    /** The text of the file. */
    @Override
    public String toString() {
        List<String> all = new ArrayList<>(header);
        all.add("");
        comments.forEach((known, above) -> {
            all.addAll(above);
            all.add(known.toString());
        });
        return String.join("\n", all) + "\n";
    }
}
