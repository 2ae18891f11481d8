package dev.asyncloop.leak.text;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a message: leaks that are alike are one entry, and the timers, generators and tasks that hang below a
 * leaked task are told below it.
 */
public final class Folding {

    /** How many entries are told in full, and how many lines below each. */
    private static final int MOST = 10;

    /** For each leak that hangs below no other, the leaks that hang below it. */
    private final Map<Leak, List<Leak>> below = new IdentityHashMap<>();

    private final List<Leak> roots = new ArrayList<>();
    private final List<Alike> entries;

    /** A leak that hangs below another must come after that one in {@code leaks}. */
    public Folding(List<Leak> leaks) {
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
    public List<Leak> roots() {
        return roots;
    }

    /** The first leaks of the entries that are told in full. */
    public List<Leak> told() {
        return entries.stream().limit(MOST).map(Alike::first).toList();
    }

    /** The numbered entries, and the counts of the others by kind. */
    public String text() {
        return Layout.numbered(entries.stream().limit(MOST).map(this::entry).toList())
                + (entries.size() > MOST ? "\n  " + rest(entries) : "");
    }

    /**
     * Passes on each entry with null, and then each entry that hangs below it, with the first leak of the entry above.
     */
    void forEach(BiConsumer<Alike, @Nullable Leak> action) {
        for (Alike entry : entries) {
            action.accept(entry, null);
            below(entry).forEach(child -> action.accept(child, entry.first()));
        }
    }

    private String entry(Alike alike) {
        StringBuilder text = new StringBuilder(alike.toString());
        List<Alike> children = below(alike);
        String word = "below";
        for (Alike child : children.subList(0, Math.min(MOST, children.size()))) {
            Layout.part(text, word, child.inOneLine());
            word = "";
        }
        if (children.size() > MOST) {
            Layout.part(text, "", rest(children));
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
        counts.forEach((kind, count) -> words.add(KindWords.count(kind, count)));
        return "and " + others.size() + " more: " + String.join(", ", words);
    }
}
