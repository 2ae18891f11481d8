package dev.asyncloop.jupiter;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.verdict.Allowance;
import dev.asyncloop.leak.verdict.Judge;
import java.lang.System.Logger.Level;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What becomes of leaks at one place, a class or a method: as it is declared there and around it, and configured. */
final class LeakRules {

    private final Judge judge;

    /** What is allowed here. */
    private final List<Allowance> allowances;

    /** Those of the test methods that ran. Any thread. */
    private final Map<Method, LeakRules> methods = new ConcurrentHashMap<>();

    private final LeakFiles files;

    private LeakRules(Judge judge, List<Allowance> allowances, LeakFiles files) {
        this.judge = judge.allowing(allowances);
        this.allowances = allowances;
        this.files = files;
    }

    /** Those of a class that is in no other. */
    static LeakRules of(Class<?> type, ExtensionContext context) {
        return ofPackage(type, context).and(type);
    }

    /** Those of all classes of the package of {@code type}. */
    static LeakRules ofPackage(Class<?> type, ExtensionContext context) {
        return new LeakRules(
                modes(Judge.by(LeakParameter.policy(context)), type.getPackage()), List.of(), LeakFiles.of(context));
    }

    /** Those of all classes. */
    static LeakRules ofAll(ExtensionContext context) {
        return new LeakRules(Judge.by(LeakParameter.policy(context)), List.of(), LeakFiles.of(context));
    }

    /** With the leaks of {@code name} that a baseline knows. */
    LeakRules knownOf(String name) {
        return new LeakRules(judge.knowing(files.known(name)), allowances, files);
    }

    /** Those of a class in this one. */
    LeakRules and(Class<?> type) {
        return and(type, Names.ofClass(type), type.getName());
    }

    /** Those of a test method of this class, {@code type}; {@code declares} is whether it may have some of its own. Any thread. */
    LeakRules of(Class<?> type, Method test, boolean declares) {
        if (!declares && !files.knowAny()) {
            return this;
        }
        return methods.computeIfAbsent(
                test, method -> and(method, Names.ofMethod(method), CompletedTests.nameOf(type, method)));
    }

    private LeakRules and(AnnotatedElement element, String name, String nameInBaseline) {
        return new LeakRules(
                modes(judge, element).knowing(files.known(nameInBaseline)), allowances(element, name), files);
    }

    LeakFiles files() {
        return files;
    }

    Judge judge() {
        return judge;
    }

    private static Judge modes(Judge around, AnnotatedElement element) {
        Judge judge = around;
        List<CheckLeaks> declared = AnnotationSupport.findRepeatableAnnotations(element, CheckLeaks.class);
        for (CheckLeaks all : declared) {
            judge = all.kinds().length == 0 ? judge.withAll(all.value()) : judge;
        }
        for (CheckLeaks some : declared) {
            for (LeakKind kind : some.kinds()) {
                judge = judge.with(kind, some.value());
            }
        }
        return judge;
    }

    private static List<Allowance> allowances(AnnotatedElement element, String name) {
        List<Allowance> allowances = new ArrayList<>();
        for (AllowLeak declared : AnnotationSupport.findRepeatableAnnotations(element, AllowLeak.class)) {
            if (declared.reason().isBlank() || declared.match().isBlank()) {
                System.getLogger("dev.asyncloop")
                        .log(
                                Level.WARNING,
                                "@AllowLeak on " + name + " allows nothing: it has no "
                                        + (declared.reason().isBlank() ? "reason" : "match"));
            } else {
                allowances.add(new Allowance(declared.kind(), declared.match()));
            }
        }
        return List.copyOf(allowances);
    }

    /** The sentence about what is allowed in this class, and in those methods of it that ran, and did not occur; empty where it all did. */
    Optional<String> unused() {
        if (allowances.isEmpty() && methods.isEmpty()) {
            return Optional.empty();
        }
        String unused = Stream.concat(
                        allowances.stream(), methods.values().stream().flatMap(rules -> rules.allowances.stream()))
                .filter(allowance -> !allowance.isUsed())
                .map(allowance -> "\n  @AllowLeak for " + allowance)
                .sorted()
                .collect(Collectors.joining());
        return unused.isEmpty()
                ? Optional.empty()
                : Optional.of("has allowances that allowed nothing in this run:" + unused);
    }
}
