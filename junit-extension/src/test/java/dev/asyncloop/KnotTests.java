package dev.asyncloop;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Holds the types of the jar to rooms that one can take apart: a knot, types that all depend on each other, is small and lies in one room.
 *
 * <p>A room is a package below one of the main packages, such as {@code loop.core}. The main package itself is none: it has the facade above
 * its rooms, and the plain types below them.
 */
class KnotTests {

    /** So many types may depend on each other in a circle. */
    private static final int LARGEST = 45;

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.asyncloop");

    private static final List<Set<String>> KNOTS = knots();

    @Test
    void no_knot_is_larger_than_one_can_hold_in_mind() {
        assertThat(KNOTS.get(0)).hasSizeLessThanOrEqualTo(LARGEST);
    }

    @Test
    void no_knot_runs_through_two_rooms() {
        assertThat(KNOTS)
                .allSatisfy(knot -> assertThat(knot.stream()
                                .map(KnotTests::room)
                                .filter(room -> !room.isEmpty())
                                .collect(toSet()))
                        .as("the rooms of the knot of %s", knot)
                        .hasSizeLessThanOrEqualTo(1));
    }

    @Test
    void the_search_finds_knots() {
        Map<String, Set<String>> graph = Map.of(
                "a",
                Set.of("b"),
                "b",
                Set.of("c"),
                "c",
                Set.of("a", "d"),
                "d",
                Set.of("e"),
                "e",
                Set.of("d"),
                "f",
                Set.of("a"));
        assertThat(knots(graph)).containsExactly(Set.of("a", "b", "c"), Set.of("d", "e"));
    }

    private static List<Set<String>> knots() {
        Map<String, Set<String>> graph = new TreeMap<>();
        for (JavaClass type : MAIN) {
            String from = outermost(type);
            Set<String> to = graph.computeIfAbsent(from, name -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target = outermost(dependency.getTargetClass());
                if (target.startsWith("dev.asyncloop.") && !target.equals(from)) {
                    to.add(target);
                }
            }
        }
        return knots(graph);
    }

    private static String outermost(JavaClass type) {
        return type.getBaseComponentType().getName().split("\\$", 2)[0];
    }

    /** Empty for a type of a main package. */
    private static String room(String type) {
        String[] names = type.split("\\.");
        return names.length > 4 ? names[2] + "." + names[3] : "";
    }

    /** The largest first: two types are in one if each is reached from the other. */
    private static List<Set<String>> knots(Map<String, Set<String>> graph) {
        Map<String, Set<String>> reached = new HashMap<>();
        graph.keySet().forEach(type -> reached.put(type, reachable(type, graph)));
        Map<Set<String>, List<String>> byKnot = graph.keySet().stream()
                .collect(groupingBy(type -> reached.get(type).stream()
                        .filter(other -> reached.getOrDefault(other, Set.of()).contains(type))
                        .collect(toSet())));
        return byKnot.keySet().stream()
                .filter(knot -> knot.size() > 1)
                .sorted(Comparator.<Set<String>>comparingInt(Collection::size).reversed())
                .toList();
    }

    private static Set<String> reachable(String start, Map<String, Set<String>> graph) {
        Set<String> seen = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(graph.getOrDefault(start, Set.of()));
        while (!open.isEmpty()) {
            String type = open.poll();
            if (seen.add(type)) {
                open.addAll(graph.getOrDefault(type, Set.of()));
            }
        }
        return seen;
    }
}
