package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.LoopScope.Scope;
import dev.asyncloop.jupiter.session.ClassSession;
import dev.asyncloop.jupiter.session.FixtureHome;
import dev.asyncloop.jupiter.session.Fixtures;
import dev.asyncloop.jupiter.session.MadeFixture;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The declaration of a fixture: a field of a test class, or of a class around it.
 *
 * @param slot the field
 * @param declaring the context of the outermost class around the test that has the field
 * @param fixture the value of the field; null if there is no instance yet
 */
record DeclaredFixture(
        Slot slot, ExtensionContext declaring, @Nullable LoopFixture<?> fixture) {

    /**
     * A field that JUnit has registered.
     *
     * @param shared the value of a static field, read once, as JUnit does; null for an instance field
     */
    private record Slot(Field field, @Nullable LoopFixture<?> shared) {

        static Slot of(Field field) {
            return new Slot(field, Modifier.isStatic(field.getModifiers()) ? read(field, null) : null);
        }

        @Nullable
        LoopFixture<?> in(ExtensionContext context) {
            return shared != null
                    ? shared
                    : context.getTestInstances()
                            .flatMap(all -> all.findInstance(field.getDeclaringClass()))
                            .map(instance -> read(field, instance))
                            .orElse(null);
        }

        private static @Nullable LoopFixture<?> read(Field field, @Nullable Object instance) {
            return (LoopFixture<?>) ReflectionSupport.tryToReadFieldValue(field, instance)
                    .toOptional()
                    .orElse(null);
        }
    }

    /** The fields of each class. They are found once, since each parameter of each test needs them. */
    private static final ClassValue<List<Slot>> SLOTS = new ClassValue<>() {
        @Override
        protected List<Slot> computeValue(Class<?> type) {
            return ReflectionSupport.findFields(
                            type,
                            field -> field.getType() == LoopFixture.class && isRegistered(field),
                            HierarchyTraversalMode.TOP_DOWN)
                    .stream()
                    .map(Slot::of)
                    .toList();
        }
    };

    private static boolean isRegistered(Field field) {
        return AnnotationSupport.isAnnotated(field, RegisterExtension.class);
    }

    /** Whether JUnit would ignore the field. */
    static boolean isForgotten(Field field) {
        return field.getType() == LoopFixture.class && !isRegistered(field);
    }

    /** All fixtures of the test or class of {@code context}. */
    static List<DeclaredFixture> in(ExtensionContext context) {
        List<DeclaredFixture> found = new ArrayList<>();
        for (ExtensionContext around : Sessions.classesAround(context)) {
            for (Slot slot : SLOTS.get(around.getRequiredTestClass())) {
                // a nested subclass of the class has the same field
                if (found.stream().noneMatch(each -> each.slot.field.equals(slot.field))) {
                    found.add(new DeclaredFixture(slot, around, slot.in(context)));
                }
            }
        }
        return found;
    }

    /** The declaration of {@code fixture}, which JUnit has registered. */
    static DeclaredFixture of(LoopFixture<?> fixture, ExtensionContext context) {
        return in(context).stream()
                .filter(each -> each.fixture == fixture)
                .findFirst()
                .orElseThrow(() -> new ExtensionConfigurationException("A LoopFixture of "
                        + fixture.type().getSimpleName() + " is no field of "
                        + Names.ofClass(context.getRequiredTestClass())
                        + "; declare it there, as a field with @RegisterExtension"));
    }

    /** Whether the fixture is made for each test. */
    boolean isForEachTest() {
        return slot.shared == null;
    }

    /** The name of the field. */
    String fieldName() {
        return slot.field.getName();
    }

    /** The field in messages, such as {@code OrderTests.SERVER}. */
    String name() {
        return Names.ofField(slot.field);
    }

    /**
     * The fixture; empty if there is no instance yet, or it is made for each test and {@code context} is of a class.
     */
    private Optional<LoopFixture<?>> presentIn(ExtensionContext context) {
        return isForEachTest() && context.getTestMethod().isEmpty() ? Optional.empty() : Optional.ofNullable(fixture);
    }

    /** The fixture as it was made for the test or class of {@code context}; empty if it was not. */
    Optional<MadeFixture<?>> made(ExtensionContext context) {
        return presentIn(context)
                .flatMap(present -> home(present, context).fixtures().of(present.recipe()));
    }

    /**
     * Makes the fixture, and before it the fixtures that it needs, unless they are made already. A fixture for each
     * test is made only in a test.
     */
    void ensureMade(ExtensionContext context) {
        presentIn(context).ifPresent(present -> ensureMade(present, context));
    }

    private void ensureMade(LoopFixture<?> present, ExtensionContext context) {
        if (Sessions.ofClassIfMade(declaring).isEmpty()) {
            throw new ExtensionConfigurationException("The fixture " + name() + " needs a loop"
                    + (new LeftOut().contains(declaring)
                            ? ", and its class is left out: take out @WithoutAsyncLoop, its name in "
                                    + Constants.WITHOUT_PARAMETER + ", or the fixture"
                            : ": put @ExtendWith(AsyncLoopExtension.class) on "
                                    + Names.ofClass(declaring.getRequiredTestClass())));
        }
        if (isForEachTest() && present.scope() != null) {
            throw new ExtensionConfigurationException("The fixture " + name()
                    + " is made for each test, and cannot have the scope " + present.scope()
                    + "; make the field static");
        }
        Fixtures fixtures = home(present, context).fixtures();
        if (fixtures.of(present.recipe()).isEmpty()) {
            fixtures.ensureMade(present.recipe(), name(), needed(present, context));
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
        return declared.made(context)
                .orElseThrow(() -> new ExtensionConfigurationException("The fixture " + name() + " needs "
                        + declared.name() + ", which is made for each test only; make that static, or this not"))
                .value();
    }

    /** The session that the fixture belongs to, and lives as long as. */
    private FixtureHome home(LoopFixture<?> present, ExtensionContext context) {
        if (isForEachTest()) {
            return Sessions.of(context);
        }
        ClassSession ofClass = Sessions.ofClass(declaring);
        Scope scope = present.scope() == null ? ofClass.loop().scope() : present.scope();
        return scope.isWiderThanClass() ? Sessions.shared(scope, declaring) : ofClass;
    }
}
