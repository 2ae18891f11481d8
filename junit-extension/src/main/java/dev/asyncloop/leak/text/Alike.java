package dev.asyncloop.leak.text;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Leaks that differ only in names and numbers, such as those of a Java loop. A message tells the first, and how many
 * more there are.
 *
 * @param all the leaks in the order in which they were found; at least one
 */
public record Alike(List<Leak> all) {

    /** How many of the others are named at most. */
    private static final int NAMED = 5;

    /** What leaks that are alike have in common. */
    record Shape(
            LeakKind kind,
            List<Object> subject,
            List<StackTraceElement> created,
            List<StackTraceElement> waiting,
            String fix) {

        static Shape of(Leak leak) {
            return new Shape(leak.kind(), Likeness.of(leak).common(), leak.created(), leak.waiting(), leak.fix());
        }
    }

    /** Groups leaks that are alike, in the order of the first of each group. */
    public static List<Alike> group(Collection<Leak> leaks) {
        Map<Shape, List<Leak>> groups = new LinkedHashMap<>();
        leaks.forEach(leak -> groups.computeIfAbsent(Shape.of(leak), none -> new ArrayList<>())
                .add(leak));
        return groups.values().stream().map(Alike::new).toList();
    }

    Leak first() {
        return all.getFirst();
    }

    /** The entry in a message. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(first().toString());
        others().ifPresent(sentence -> Layout.part(text, "and", sentence));
        return text.toString();
    }

    /**
     * What the first leak is, where it waits or was created, and how many more there are. It is told below {@code
     * head}, whose line is not repeated.
     */
    String inOneLine(Leak head) {
        return first().what()
                + place(head)
                + others().map(sentence -> ", and " + sentence).orElse("");
    }

    /** Where the first leak waits, or else where it was created. */
    private String place(Leak head) {
        Optional<StackTraceElement> waiting = ProjectCode.line(first().waiting());
        if (waiting.isPresent()) {
            return " at " + waiting.get();
        }
        Optional<StackTraceElement> origin = first().origin();
        return origin.isEmpty() || origin.equals(head.origin())
                ? ""
                : ", " + KindWords.origin(first().kind()) + " at " + origin.get();
    }

    /**
     * The sentence about the others, such as {@code 147 more like it: 18, 19, 20, 21, 22, …}; empty where there are
     * none.
     */
    private Optional<String> others() {
        int others = all.size() - 1;
        if (others == 0) {
            return Optional.empty();
        }
        String named = differences().limit(NAMED).collect(Collectors.joining(", "));
        return Optional.of(others + " more like it" + (named.isEmpty() ? "" : ": " + named)
                + (named.isEmpty() || others <= NAMED ? "" : ", …"));
    }

    /** The values of the others at the first place where not all leaks have the same. */
    Stream<String> differences() {
        List<List<String>> values =
                all.stream().map(leak -> Likeness.of(leak).own()).toList();
        for (int place = 0; place < values.getFirst().size(); place++) {
            int at = place;
            if (values.stream().map(each -> each.get(at)).distinct().count() > 1) {
                return values.stream().skip(1).map(each -> each.get(at));
            }
        }
        return Stream.empty();
    }
}
