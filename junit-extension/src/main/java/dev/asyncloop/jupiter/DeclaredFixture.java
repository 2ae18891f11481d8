package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.LoopScope.Scope;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * A fixture as the field of a test class, or of a class around it.
 *
 * @param field where it is declared
 * @param declaring the outermost class around the test whose field it is
 * @param fixture null where there is no instance yet
 */
record DeclaredFixture(
        Field field, ExtensionContext declaring, @Nullable LoopFixture<?> fixture) {

    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return List.copyOf(ReflectionSupport.findFields(
                    type,
                    field -> field.getType() == LoopFixture.class && isRegistered(field),
                    HierarchyTraversalMode.TOP_DOWN));
        }
    };

    private static boolean isRegistered(Field field) {
        return AnnotationSupport.isAnnotated(field, RegisterExtension.class);
    }

    /** Whether JUnit would pass it over. */
    static boolean isForgotten(Field field) {
        return field.getType() == LoopFixture.class && !isRegistered(field);
    }

    /** All that the test or class of {@code context} has. */
    static List<DeclaredFixture> in(ExtensionContext context) {
        List<DeclaredFixture> found = List.of();
        for (ExtensionContext around : classesOutermostFirst(context)) {
            for (Field field : FIELDS.get(around.getRequiredTestClass())) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                if (found.stream()
                        .noneMatch(
                                each -> each.field.equals(field))) { // that of a class and its nested subclass is one
                    found.add(new DeclaredFixture(field, around, valueOf(field, context)));
                }
            }
        }
        return found;
    }

    /** The field of {@code fixture}, which JUnit has found. */
    static DeclaredFixture of(LoopFixture<?> fixture, ExtensionContext context) {
        return in(context).stream()
                .filter(each -> each.fixture == fixture)
                .findFirst()
                .orElseThrow(() -> new ExtensionConfigurationException("A LoopFixture of "
                        + fixture.type().getSimpleName() + " is no field of "
                        + Names.ofClass(context.getRequiredTestClass())
                        + "; declare it there, as a field with @RegisterExtension"));
    }

    private static List<ExtensionContext> classesOutermostFirst(ExtensionContext context) {
        List<ExtensionContext> classes = new ArrayList<>();
        Stream.iterate(Optional.of(context), Optional::isPresent, each -> each.flatMap(ExtensionContext::getParent))
                .flatMap(Optional::stream)
                .filter(each ->
                        each.getTestClass().isPresent() && each.getTestMethod().isEmpty())
                .forEach(classes::add);
        Collections.reverse(classes);
        return classes;
    }

    private static @Nullable LoopFixture<?> valueOf(Field field, ExtensionContext context) {
        Object instance = isStatic(field)
                ? null
                : context.getTestInstances()
                        .flatMap(all -> all.findInstance(field.getDeclaringClass()))
                        .orElse(null);
        return instance == null && !isStatic(field)
                ? null
                : (LoopFixture<?>) ReflectionSupport.tryToReadFieldValue(field, instance)
                        .toOptional()
                        .orElse(null);
    }

    private static boolean isStatic(Field field) {
        return Modifier.isStatic(field.getModifiers());
    }

    /** Whether it is made for each test. */
    boolean isForEachTest() {
        return !isStatic(field);
    }

    /** Such as {@code OrderTests.SERVER}. */
    String name() {
        return Names.ofClass(field.getDeclaringClass()) + "." + field.getName();
    }

    /** Its run for the test or class of {@code context}, empty where it is not made. */
    Optional<? extends FixtureRun<?>> run(ExtensionContext context) {
        LoopFixture<?> present = fixture;
        return present == null || isForEachTest() && context.getTestMethod().isEmpty()
                ? Optional.empty()
                : home(present, context).fixtures().of(present);
    }

    /** Makes it, and before it what it needs, unless that is there; for each test, only in a test. */
    void ensureMade(ExtensionContext context) {
        LoopFixture<?> present = fixture;
        if (present == null || isForEachTest() && context.getTestMethod().isEmpty()) {
            return;
        }
        if (LoopRuns.ifMade(declaring).isEmpty()) {
            throw new ExtensionConfigurationException("The fixture " + name() + " needs a loop: put"
                    + " @ExtendWith(AsyncLoopExtension.class) on " + Names.ofClass(declaring.getRequiredTestClass()));
        }
        if (isForEachTest() && present.scope() != null) {
            throw new ExtensionConfigurationException(
                    "The fixture " + name() + " is made for each test, and cannot have" + " the scope "
                            + present.scope() + "; make the field static");
        }
        Fixtures fixtures = home(present, context).fixtures();
        if (fixtures.of(present).isEmpty()) {
            fixtures.ensureMade(present, name(), needed(present, context));
        }
    }

    private List<Object> needed(LoopFixture<?> present, ExtensionContext context) {
        List<Object> values = new ArrayList<>();
        for (@Nullable LoopFixture<?> each : present.needed()) {
            values.add(valueFor(each, context));
        }
        return values;
    }

    private Object valueFor(@Nullable LoopFixture<?> other, ExtensionContext context) {
        if (other == null) {
            throw new ExtensionConfigurationException("The fixture " + name() + " needs one that was null when it was"
                    + " declared: declare what it needs above it, and not two that need each other");
        }
        DeclaredFixture declared = in(context).stream()
                .filter(each -> each.fixture == other)
                .findFirst()
                .orElseThrow(() -> new ExtensionConfigurationException("The fixture " + name() + " needs one of "
                        + other.type().getSimpleName() + " that " + Names.ofClass(context.getRequiredTestClass())
                        + " does not have; declare it there too, as a field with @RegisterExtension"));
        declared.ensureMade(context);
        return declared.run(context)
                .orElseThrow(() -> new ExtensionConfigurationException("The fixture " + name() + " needs "
                        + declared.name() + ", which is made for each test only; make that static, or this not"))
                .value();
    }

    /** How long it lives, and whose loop it is on. */
    private LoopRun home(LoopFixture<?> present, ExtensionContext context) {
        if (isForEachTest()) {
            return LoopRuns.of(context);
        }
        LoopRun ofClass = LoopRuns.of(declaring);
        Scope scope = present.scope() == null ? ofClass.loopOwner().settings().scope() : present.scope();
        return scope.isWiderThanClass() ? LoopRuns.shared(scope, declaring) : ofClass;
    }
}
