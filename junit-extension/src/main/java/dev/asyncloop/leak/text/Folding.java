package dev.asyncloop.leak.text;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a message: leaks that are alike are one entry. Told below it are the timers, generators and tasks that
 * hang below a leaked task, and what else the same call made, such as the threads of a server.
 */
public final class Folding {

    /** How many entries are told in full, and how many lines below each. */
    private static final int MOST = 10;

    /**
     * One entry.
     *
     * @param head what is told in full
     * @param below what is told below it, a line each
     */
    record Entry(Alike head, List<Alike> below) {

        Leak first() {
            return head.first();
        }

        /** All leaks of the entry, those above before those below them. */
        List<Leak> leaks() {
            List<Leak> leaks = new ArrayList<>(head.all());
            below.forEach(alike -> leaks.addAll(alike.all()));
            return leaks;
        }

        /** How many things of the head's sort there are, in whatever state. */
        int things() {
            Object sort = OneCall.sort(first());
            return head.all().size()
                    + (int) below.stream()
                            .flatMap(alike -> alike.all().stream())
                            .filter(leak ->
                                    leak.above() == null && OneCall.sort(leak).equals(sort))
                            .count();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(head.toString());
            String word = "below";
            for (Alike child : below.subList(0, Math.min(MOST, below.size()))) {
                Layout.part(text, word, child.inOneLine(first()));
                word = "";
            }
            if (below.size() > MOST) {
                Layout.part(text, "", rest(below.stream()));
            }
            return text.toString();
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    /** A leak that hangs below another must come after that one in {@code leaks}. */
    public Folding(List<Leak> leaks) {
        Map<Leak, Leak> rootOf = new IdentityHashMap<>();
        Map<Leak, List<Leak>> below = new IdentityHashMap<>();
        List<Leak> roots = new ArrayList<>();
        for (Leak leak : leaks) {
            Leak root = leak.above() == null ? null : rootOf.get(leak.above());
            rootOf.put(leak, root == null ? leak : root);
            if (root == null) {
                roots.add(leak);
            } else {
                below.computeIfAbsent(root, none -> new ArrayList<>()).add(leak);
            }
        }
        for (List<Alike> made : OneCall.group(Alike.group(roots))) {
            List<Alike> children = new ArrayList<>(below(made.getFirst(), below));
            for (Alike other : made.subList(1, made.size())) {
                children.add(other);
                children.addAll(below(other, below));
            }
            entries.add(new Entry(made.getFirst(), children));
        }
    }

    private static List<Alike> below(Alike alike, Map<Leak, List<Leak>> below) {
        return Alike.group(alike.all().stream()
                .flatMap(root -> below.getOrDefault(root, List.of()).stream())
                .toList());
    }

    List<Entry> entries() {
        return entries;
    }

    /** How many things were left: what is told below another does not count. */
    public int things() {
        return entries.stream().mapToInt(Entry::things).sum();
    }

    /** The first leaks of the entries that are told in full. */
    public List<Leak> told() {
        return entries.stream().limit(MOST).map(Entry::first).toList();
    }

    /** The numbered entries, and the counts of the others by kind. */
    public String text() {
        return Layout.numbered(entries.stream().limit(MOST).map(Entry::toString).toList())
                + (entries.size() > MOST ? "\n  " + rest(entries.stream().map(Entry::head)) : "");
    }

    /**
     * Passes on each entry with null, and then each entry that hangs below it, with the first leak of the entry above.
     */
    void forEach(BiConsumer<Alike, @Nullable Leak> action) {
        for (Entry entry : entries) {
            action.accept(entry.head(), null);
            entry.below().forEach(child -> action.accept(child, entry.first()));
        }
    }

    private static String rest(Stream<Alike> all) {
        Map<LeakKind, Integer> counts = new EnumMap<>(LeakKind.class);
        List<Leak> others =
                all.skip(MOST).flatMap(alike -> alike.all().stream()).toList();
        others.forEach(leak -> counts.merge(leak.kind(), 1, Integer::sum));
        List<String> words = new ArrayList<>();
        counts.forEach((kind, count) -> words.add(KindWords.count(kind, count)));
        return "and " + others.size() + " more: " + String.join(", ", words);
    }
}
