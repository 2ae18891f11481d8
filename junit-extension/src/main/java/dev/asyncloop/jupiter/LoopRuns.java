package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.LoopScope.Scope;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Finds the run of a test, a dynamic test or a class in JUnit's store, and makes it at the first look. */
final class LoopRuns {

    private static final Namespace NAMESPACE = Namespace.create(AsyncLoopExtension.class);

    private LoopRuns() {}

    /** The run of the test that {@code context} belongs to, or else of its class. */
    static LoopRun of(ExtensionContext context) {
        return in(context, () -> make(context));
    }

    private static LoopRun make(ExtensionContext context) {
        Optional<Method> test = context.getTestMethod();
        return test.isPresent() ? newTest(context, test.get()) : newClass(context);
    }

    /** That run, unless nobody has asked for it so far. */
    static Optional<LoopRun> ifMade(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(context, LoopRun.class));
    }

    /** The account of one dynamic test, on the loop and in the coroutine of its factory. */
    static LoopRun ofDynamicTest(ExtensionContext context) {
        ExtensionContext factory = context;
        while (factory.getTestMethod().isEmpty()) {
            factory = factory.getParent().orElseThrow();
        }
        LoopRun run = of(factory);
        return in(context, () -> LoopRun.dynamicTest(run, Names.ofDynamicTest(run.name(), context)));
    }

    private static Stream<ExtensionContext> andAround(ExtensionContext context) {
        return Stream.iterate(
                        Optional.of(context), Optional::isPresent, each -> each.flatMap(ExtensionContext::getParent))
                .flatMap(Optional::stream);
    }

    /** The contexts of the classes that a test or class is in, the outermost first; that of a class itself is one of them. */
    static List<ExtensionContext> classesAround(ExtensionContext context) {
        List<ExtensionContext> classes = new ArrayList<>();
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            if (at.get().getTestClass().isPresent() && at.get().getTestMethod().isEmpty()) {
                classes.add(at.get());
            }
        }
        Collections.reverse(classes);
        return classes;
    }

    /** Shows the loops of a test, and of the classes around it, that JUnit is about to interrupt. Any thread. */
    static void whenTimeIsOver(ExtensionContext context) {
        List<LoopRun> runs =
                andAround(context).flatMap(each -> ifMade(each).stream()).toList();
        if (!runs.isEmpty()) {
            TimeoutPicture.log(
                    runs.get(0).name(), runs.stream().map(LoopRun::owner).toList());
        }
    }

    private static LoopRun newTest(ExtensionContext context, Method method) {
        LoopRun ofClass = of(surroundingClass(context).orElseThrow());
        LoopSettings settings = ofClass.settings().ofTest(method, context.getRequiredTestClass());
        Scope scope = settings.scope();
        if (scope == Scope.METHOD) {
            return LoopRun.test(ofClass, Names.ofTest(context, method), settings);
        }
        LoopRun sharing = scope.isWiderThanClass() ? shared(scope, context) : ofClass;
        if (scope == Scope.CLASS && ofClass.loopOwner().settings().scope().isWiderThanClass()) {
            throw new ExtensionConfigurationException("@LoopScope(CLASS) on " + Names.ofMethod(method)
                    + " contradicts that of its class, which has no loop of its own: it is that of "
                    + ofClass.loopOwnerName() + "; let the method have @LoopScope(METHOD), or none");
        }
        ensureSameClock(method, Names.ofMethod(method), sharing);
        return LoopRun.testOnLoopOf(sharing, ofClass, Names.ofTest(context, method), settings);
    }

    /** Whose loop all classes of a package, or of the run, share that say so. JUnit closes it after the last of all tests. */
    static LoopRun shared(Scope scope, ExtensionContext context) {
        ExtensionContext root = context.getRoot();
        List<Class<?>> classes = classes(context);
        Class<?> outermost = classes.get(classes.size() - 1);
        String name = scope.nameFor(outermost);
        return root.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        name,
                        made -> reporting(LoopRun.shared(name, LoopSettings.shared(scope, outermost, context)), root),
                        LoopRun.class);
    }

    private static void ensureSameClock(AnnotatedElement element, String name, LoopRun sharing) {
        if (LoopSettings.isVirtual(element) && !sharing.loopOwner().settings().virtualTime()) {
            boolean ofClass = !sharing.loopOwner().settings().scope().isWiderThanClass();
            throw new ExtensionConfigurationException("@VirtualTime on " + name + " contradicts its scope: the loop is "
                    + "that of " + sharing.loopOwnerName() + ", which has the system's clock; "
                    + (ofClass ? "annotate that class, or " : "")
                    + "give this its own loop with @LoopScope(METHOD)");
        }
    }

    private static LoopRun newClass(ExtensionContext context) {
        ClassChecks.pass(context);
        String name = Names.ofClass(context.getRequiredTestClass());
        Optional<ExtensionContext> around = surroundingClass(context);
        LoopRun outer = around.isEmpty() ? null : of(around.get());
        List<Class<?>> classes = classes(context);
        LeakRules leaks = outer == null
                ? LeakRules.of(context.getRequiredTestClass(), context)
                : outer.settings().leaks().and(context.getRequiredTestClass());
        LoopSettings settings = LoopSettings.of(classes, leaks, context);
        LoopRun sharing = settings.scope().isWiderThanClass()
                ? shared(settings.scope(), context)
                : outer != null && isInScopeOfOuterClass(context) ? outer : null;
        if (sharing == null) {
            return LoopRun.ofClass(outer, name, settings);
        }
        ensureSameClock(context.getRequiredTestClass(), name, sharing);
        return LoopRun.classOnLoopOf(sharing, outer == null ? sharing : outer, name, settings);
    }

    private static boolean isInScopeOfOuterClass(ExtensionContext context) {
        List<Class<?>> classes = classes(context);
        return LoopScopes.declared(classes.get(0)).isEmpty()
                && LoopScopes.declaringClass(classes)
                        .flatMap(LoopScopes::declared)
                        .filter(Scope.CLASS::equals)
                        .isPresent();
    }

    private static Optional<ExtensionContext> surroundingClass(ExtensionContext context) {
        Optional<ExtensionContext> parent = context.getParent();
        while (parent.isPresent() && parent.get().getTestMethod().isPresent()) {
            parent = parent.get().getParent();
        }
        return parent.isPresent() && parent.get().getTestClass().isPresent() ? parent : Optional.empty();
    }

    private static List<Class<?>> classes(ExtensionContext context) {
        List<Class<?>> classes = new ArrayList<>(context.getEnclosingTestClasses());
        classes.add(context.getRequiredTestClass());
        Collections.reverse(classes);
        return classes;
    }

    /** By the context itself: a look into a store would find those of the contexts around it too. */
    private static LoopRun in(ExtensionContext context, Supplier<LoopRun> creator) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(context, made -> reporting(creator.get(), context), LoopRun.class);
    }

    private static LoopRun reporting(LoopRun run, ExtensionContext context) {
        return run.reportingTo(new LeakReporter(context, run.settings().leaks().files()));
    }
}
