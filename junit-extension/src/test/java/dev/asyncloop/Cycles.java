package dev.asyncloop;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The top-level types that can each be reached from all others of their group: strongly connected, by Tarjan's algorithm. */
final class Cycles {

    private final Map<JavaClass, Set<JavaClass>> arrows = new HashMap<>();
    private final Map<JavaClass, Integer> numbers = new HashMap<>();
    private final Map<JavaClass, Integer> lowest = new HashMap<>();
    private final Deque<JavaClass> path = new ArrayDeque<>();
    private final List<Set<JavaClass>> found = new ArrayList<>();

    private Cycles() {}

    /** Those of more than one type, in the packages whose names begin so. */
    static List<Set<JavaClass>> of(Iterable<JavaClass> types, String packages) {
        Cycles cycles = new Cycles();
        for (JavaClass type : types) {
            if (type.isAnnotation()) {
                continue; // what it names, it tells JUnit, and calls nothing of it
            }
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass();
                if (isIn(packages, type) && isIn(packages, target)) {
                    cycles.arrows
                            .computeIfAbsent(topLevel(type), none -> new HashSet<>())
                            .add(topLevel(target));
                }
            }
        }
        cycles.arrows.keySet().forEach(type -> {
            if (!cycles.numbers.containsKey(type)) {
                cycles.visit(type);
            }
        });
        return cycles.found;
    }

    private static boolean isIn(String packages, JavaClass type) {
        return (type.getPackageName() + ".").startsWith(packages + ".");
    }

    private static JavaClass topLevel(JavaClass type) {
        return type.getEnclosingClass().map(Cycles::topLevel).orElse(type);
    }

    private void visit(JavaClass type) {
        numbers.put(type, numbers.size());
        lowest.put(type, numbers.get(type));
        path.push(type);
        for (JavaClass target : arrows.getOrDefault(type, Set.of())) {
            if (!numbers.containsKey(target)) {
                visit(target);
                lowest.merge(type, lowest.get(target), Math::min);
            } else if (path.contains(target)) {
                lowest.merge(type, numbers.get(target), Math::min);
            }
        }
        if (lowest.get(type).equals(numbers.get(type))) {
            Set<JavaClass> group = new HashSet<>();
            do {
                group.add(path.peek());
            } while (path.pop() != type);
            if (group.size() > 1) {
                found.add(group);
            }
        }
    }
}
