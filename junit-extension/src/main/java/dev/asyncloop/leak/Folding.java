package dev.asyncloop.leak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Which of several leaks hang below others: the timers, generators and tasks of a leaked task are told with it. */
final class Folding {

    /** How many are told in full, and how many below each of them. */
    static final int MOST = 10;

    /** The leaks that hang below no other, each with those that do. */
    private final Map<Leak, List<Leak>> below = new IdentityHashMap<>();

    private final List<Leak> roots = new ArrayList<>();

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
    }

    List<Leak> roots() {
        return roots;
    }

    /** The leaks that are told in full. */
    List<Leak> told() {
        return roots.subList(0, Math.min(MOST, roots.size()));
    }

    /** The entries of a message, numbered, and the number of the others by their kinds. */
    String entries() {
        StringBuilder text = new StringBuilder();
        int number = 1;
        for (Leak leak : told()) {
            text.append("\n  ").append(number++).append(". ").append(leak);
            List<Leak> children = below.getOrDefault(leak, List.of());
            String word = "below";
            for (Leak child : children.subList(0, Math.min(MOST, children.size()))) {
                Leak.part(text, word, child.inOneLine());
                word = "";
            }
            if (children.size() > MOST) {
                Leak.part(text, "", rest(children));
            }
        }
        return text + (roots.size() > MOST ? "\n  " + rest(roots) : "");
    }

    private static String rest(List<Leak> all) {
        Map<LeakKind, Integer> counts = new EnumMap<>(LeakKind.class);
        List<Leak> others = all.subList(MOST, all.size());
        others.forEach(leak -> counts.merge(leak.kind(), 1, Integer::sum));
        List<String> words = new ArrayList<>();
        counts.forEach((kind, count) -> words.add(kind.count(count)));
        return "and " + others.size() + " more: " + String.join(", ", words);
    }
}
