package dev.asyncloop.leak.text;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.subject.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The warnings of one run: each is told in full once, in its first test, and summed up at the end. Any thread.
 *
 * <p>It keeps no leak, only texts and counts, and of a bounded number of warnings. One that is not kept is told in full
 * each time.
 */
public final class Repeats {

    /** How many different warnings are kept. */
    private static final int KEPT = 1_000;

    /** How many entries the summary has, and how many tests each of them names. */
    private static final int TOLD = 10;

    private static final int NAMED = 3;

    /**
     * What is the same wherever a run finds the same leak. Its state may differ, since that is a matter of timing.
     *
     * @param thrown where an exception was thrown; empty for anything else
     */
    private record Identity(
            LeakKind kind, Object sort, List<StackTraceElement> created, List<StackTraceElement> thrown) {

        /** The stack that created it, without the lines of the test, which differ from test to test. */
        private static List<StackTraceElement> called(Leak leak) {
            int own = leak.testLine() == null ? -1 : leak.created().indexOf(leak.testLine());
            return own > 0 ? List.copyOf(leak.created().subList(0, own)) : leak.created();
        }

        static Object of(Leak leak) {
            if (leak.created().isEmpty()) {
                return Alike.Shape.of(leak);
            }
            return switch (leak.subject()) {
                case Subject.Task task -> withoutState(leak);
                case Subject.PlatformThread thread -> withoutState(leak);
                case Subject.Executor executor -> withoutState(leak);
                case Subject.Loop loop -> withoutState(leak);
                case Subject.Descriptors open -> withoutState(leak);
                case Subject.TaskFailure failure -> withFacts(leak, leak.waiting());
                case Subject.ThreadFailure failure -> withFacts(leak, leak.waiting());
                default -> withFacts(leak, List.of());
            };
        }

        private static Identity withoutState(Leak leak) {
            return new Identity(leak.kind(), OneCall.sort(leak), called(leak), List.of());
        }

        private static Identity withFacts(Leak leak, List<StackTraceElement> thrown) {
            return new Identity(leak.kind(), Likeness.of(leak).common(), called(leak), thrown);
        }
    }

    /** A warning, and who had it again. */
    private static final class Warning {

        private final int number;
        private final String text;
        private final String first;

        /** How many had it again, and the names of the first of them. Under this object's monitor. */
        private int again;

        private final List<String> named = new ArrayList<>();

        Warning(int number, Leak leak, String owner) {
            this.number = number;
            StringBuilder entry = new StringBuilder(leak.what());
            leak.origin().ifPresent(line -> Layout.part(entry, KindWords.origin(leak.kind()), line));
            Layout.part(entry, "first", owner);
            this.text = entry.toString();
            this.first = owner;
        }

        synchronized void again(String owner) {
            again++;
            if (named.size() < NAMED) {
                named.add(owner);
            }
        }

        synchronized int again() {
            return again;
        }

        /** The entry in the summary. */
        @Override
        public synchronized String toString() {
            StringBuilder entry = new StringBuilder(text);
            Layout.part(
                    entry,
                    "again",
                    "in " + again + (again == 1 ? " more test: " : " more tests: ") + String.join(", ", named)
                            + (again > named.size() ? ", …" : ""));
            return entry.toString();
        }
    }

    /**
     * What is said of the warnings of one test or class.
     *
     * @param first the text of those that occur for the first time; empty if none does
     * @param all the same, and in one line what occurs again; empty if there are no warnings
     */
    public record Told(Optional<String> first, Optional<String> all) {}

    private final Map<Object, Warning> warnings = new ConcurrentHashMap<>();

    /** What was told below another warning. */
    private final Set<Object> below = ConcurrentHashMap.newKeySet();

    /** Notes the warnings of a report, and returns what is to be said of them. */
    public Told tell(LeakReport report) {
        if (report.warnings().isEmpty()) {
            return new Told(Optional.empty(), Optional.empty());
        }
        List<Leak> told = new ArrayList<>();
        Map<String, Map<LeakKind, Integer>> again = new LinkedHashMap<>();
        for (Folding.Entry entry : new Folding(report.warnings()).entries()) {
            Optional<String> earlier = note(entry, report.owner());
            if (earlier.isEmpty()) {
                told.addAll(entry.leaks());
            } else {
                again.computeIfAbsent(earlier.get(), none -> new EnumMap<>(LeakKind.class))
                        .merge(entry.first().kind(), entry.things(), Integer::sum);
            }
        }
        if (again.isEmpty()) {
            return new Told(report.warning(), report.warning());
        }
        Optional<String> first =
                new LeakReport(report.owner(), List.of(), told, List.of(), List.of(), report.suspects()).warning();
        String line = "again: "
                + again.entrySet().stream()
                        .map(of -> counts(of.getValue()) + ", as in " + of.getKey())
                        .collect(Collectors.joining("; "));
        return new Told(
                first, Optional.of(first.map(text -> text + "\n  " + line).orElse(line)));
    }

    private static String counts(Map<LeakKind, Integer> counts) {
        List<String> words = new ArrayList<>();
        counts.forEach((kind, count) -> words.add(KindWords.count(kind, count)));
        return String.join(", ", words);
    }

    /**
     * Notes an entry of {@code owner}. Returns who had it first; empty if it is to be told, because nobody had it, or
     * because something below it is new.
     */
    private Optional<String> note(Folding.Entry entry, String owner) {
        Object identity = Identity.of(entry.first());
        boolean isNewBelow = false;
        for (Alike child : entry.below()) {
            Object part = Identity.of(child.first());
            isNewBelow |=
                    !warnings.containsKey(part) && (below.size() < KEPT ? below.add(part) : !below.contains(part));
        }
        Warning earlier = warnings.get(identity);
        if (earlier == null && warnings.size() < KEPT) {
            earlier = warnings.putIfAbsent(identity, new Warning(warnings.size(), entry.first(), owner));
        }
        if (earlier == null) {
            return Optional.empty();
        }
        earlier.again(owner);
        return isNewBelow ? Optional.empty() : Optional.of(earlier.first);
    }

    /** What is said at the end of the run: which warnings occurred again, the most frequent first; empty if none did. */
    public Optional<String> summary() {
        List<Warning> repeated = warnings.values().stream()
                .filter(warning -> warning.again() > 0)
                .sorted(Comparator.comparing((Warning warning) -> -warning.again())
                        .thenComparing(warning -> warning.number))
                .toList();
        int others = repeated.size() - TOLD;
        return repeated.isEmpty()
                ? Optional.empty()
                : Optional.of("asyncloop: of the warnings of this run, these occurred again"
                        + Layout.numbered(repeated.stream()
                                .limit(TOLD)
                                .map(Warning::toString)
                                .toList())
                        + (others > 0 ? "\n  and " + others + " more, each in fewer tests or in as many" : ""));
    }
}
