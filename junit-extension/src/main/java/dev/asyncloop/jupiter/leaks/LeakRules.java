package dev.asyncloop.jupiter.leaks;

import dev.asyncloop.jupiter.AllowLeak;
import dev.asyncloop.jupiter.CheckLeaks;
import dev.asyncloop.jupiter.settings.Settings;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.verdict.Allowance;
import dev.asyncloop.leak.verdict.Judge;
import dev.asyncloop.text.Log;
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

/**
 * What becomes of leaks in one class or method: as annotations there and around it say, and as it is configured. Any
 * thread.
 */
public final class LeakRules {

    private final Judge judge;

    /** The allowances that are declared here. */
    private final List<Allowance> allowances;

    /** The rules of the test methods that ran. Any thread. */
    private final Map<Method, LeakRules> methods = new ConcurrentHashMap<>();

    private final LeakFiles files;

    private LeakRules(Judge judge, List<Allowance> allowances, LeakFiles files) {
        this.judge = judge.allowing(allowances);
        this.allowances = allowances;
        this.files = files;
    }

    /** The rules of a class that is nested in no other; {@code name} is its name in messages. */
    public static LeakRules of(Class<?> type, String name, ExtensionContext context) {
        return ofPackage(type, context).and(type, name);
    }

    /** The rules of all classes in the package of {@code type}. */
    public static LeakRules ofPackage(Class<?> type, ExtensionContext context) {
        return new LeakRules(
                modes(Judge.by(Settings.of(context).leaks()), type.getPackage()), List.of(), LeakFiles.of(context));
    }

    /** The rules of all classes. */
    public static LeakRules ofAll(ExtensionContext context) {
        return new LeakRules(Judge.by(Settings.of(context).leaks()), List.of(), LeakFiles.of(context));
    }

    /** These rules with the known leaks of {@code name}. */
    public LeakRules knownOf(String name) {
        return new LeakRules(judge.knowing(files.known(name)), allowances, files);
    }

    /** The rules of a class that is nested in this one; {@code name} is its name in messages. */
    public LeakRules and(Class<?> type, String name) {
        return and(type, name, type.getName());
    }

    /** Whether there is a baseline. */
    public boolean knowAny() {
        return files.knowAny();
    }

    /** The rules of a test method of this class, by its names in messages and in a baseline. Any thread. */
    public LeakRules of(Method test, String name, String nameInBaseline) {
        return methods.computeIfAbsent(test, method -> and(method, name, nameInBaseline));
    }

    private LeakRules and(AnnotatedElement element, String name, String nameInBaseline) {
        return new LeakRules(
                modes(judge, element).knowing(files.known(nameInBaseline)), allowances(element, name), files);
    }

    public LeakFiles files() {
        return files;
    }

    public Judge judge() {
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
                Log.log(
                        Level.WARNING,
                        "@AllowLeak on " + name + " allows nothing: it has no "
                                + (declared.reason().isBlank() ? "reason" : "match"));
            } else {
                allowances.add(new Allowance(declared.kind(), declared.match()));
            }
        }
        return List.copyOf(allowances);
    }

    /**
     * The sentence about the allowances of this class, and of those of its methods that ran, that allowed nothing;
     * empty if there are none.
     */
    public Optional<String> unused() {
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
