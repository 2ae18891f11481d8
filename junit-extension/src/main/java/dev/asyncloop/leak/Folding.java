package dev.asyncloop.leak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The leaks as a message tells them: those that are alike as one, and with it the timers, generators and tasks that hang below a
 * leaked task.
 */
final class Folding {

    /** How many are told in full, and how many below each of them. */
    private static final int MOST = 10;

    /** What hangs below a leak that itself hangs below no other. */
    private final Map<Leak, List<Leak>> below = new IdentityHashMap<>();

    private final List<Leak> roots = new ArrayList<>();
    private final List<Alike> entries;

    /** A leak whose task is in {@code leaks} must come after that. */
    Folding(List<Leak> leaks) {
        Map<Leak, Leak> rootOf = new IdentityHashMap<>();
        for (Leak leak : leaks) {
            Leak root = leak.above() == null ? null : rootOf.get(leak.above());
            rootOf.put(leak, root == null ? leak : root);
            if (root == null) {
                roots.add(leak);
            } else {
                below.computeIfAbsent(root, none -> new ArrayList<>()).add(leak);
            }
        }
        entries = Alike.group(roots);
    }

    /** The leaks that hang below no other. */
    List<Leak> roots() {
        return roots;
    }

    /** The leaks that are told in full, and stand for those that are alike. */
    List<Leak> told() {
        return entries.stream().limit(MOST).map(Alike::first).toList();
    }

    /** The entries of a message, numbered, and the number of the others by their kinds. */
    String text() {
        return numbered(entries.stream().limit(MOST).map(this::entry).toList())
                + (entries.size() > MOST ? "\n  " + rest(entries) : "");
    }

    /** Gives each entry, and what hangs below it with the first of that entry. */
    void forEach(BiConsumer<Alike, @Nullable Leak> action) {
        for (Alike entry : entries) {
            action.accept(entry, null);
            below(entry).forEach(child -> action.accept(child, entry.first()));
        }
    }

    /** A list in a message. */
    static String numbered(List<String> entries) {
        StringBuilder text = new StringBuilder();
        int number = 1;
        for (String entry : entries) {
            text.append("\n  ").append(number++).append(". ").append(entry);
        }
        return text.toString();
    }

    private String entry(Alike alike) {
        StringBuilder text = new StringBuilder(alike.toString());
        List<Alike> children = below(alike);
        String word = "below";
        for (Alike child : children.subList(0, Math.min(MOST, children.size()))) {
            Leak.part(text, word, child.inOneLine());
            word = "";
        }
        if (children.size() > MOST) {
            Leak.part(text, "", rest(children));
        }
        return text.toString();
    }

    private List<Alike> below(Alike alike) {
        return Alike.group(alike.all().stream()
                .flatMap(root -> below.getOrDefault(root, List.of()).stream())
                .toList());
    }

    private static String rest(List<Alike> all) {
        Map<LeakKind, Integer> counts = new EnumMap<>(LeakKind.class);
        List<Leak> others =
                all.stream().skip(MOST).flatMap(alike -> alike.all().stream()).toList();
        others.forEach(leak -> counts.merge(leak.kind(), 1, Integer::sum));
        List<String> words = new ArrayList<>();
        counts.forEach((kind, count) -> words.add(kind.count(count)));
        return "and " + others.size() + " more: " + String.join(", ", words);
    }
}
