package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.LoopScope.Scope;
import dev.asyncloop.jupiter.leaks.LeakReporter;
import dev.asyncloop.jupiter.leaks.LeakRules;
import dev.asyncloop.jupiter.session.ClassSession;
import dev.asyncloop.jupiter.session.DynamicTestSession;
import dev.asyncloop.jupiter.session.LifecycleSession;
import dev.asyncloop.jupiter.session.Session;
import dev.asyncloop.jupiter.session.SessionLoop;
import dev.asyncloop.jupiter.session.SessionSettings;
import dev.asyncloop.jupiter.session.SharedSession;
import dev.asyncloop.jupiter.session.TestSession;
import dev.asyncloop.jupiter.session.TimeoutDump;
import dev.asyncloop.jupiter.settings.Stores;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.origin.Owner;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Finds sessions in JUnit's store, and makes each when it is first asked for. */
final class Sessions {

    private static final Namespace NAMESPACE = Namespace.create(AsyncLoopExtension.class);

    /** The annotations of JUnit's own module for parameters, which need not be there. */
    private static final Set<String> AROUND_INVOCATIONS =
            Set.of("BeforeParameterizedClassInvocation", "AfterParameterizedClassInvocation");

    private Sessions() {}

    /** The session of the test that {@code context} belongs to, or else that of its class. */
    static LifecycleSession of(ExtensionContext context) {
        return context.getTestMethod().isPresent() ? ofTest(context) : ofClass(context);
    }

    static TestSession ofTest(ExtensionContext context) {
        return in(context, TestSession.class, () -> newTest(context, context.getRequiredTestMethod()));
    }

    static ClassSession ofClass(ExtensionContext context) {
        return in(context, ClassSession.class, () -> newClass(context));
    }

    /**
     * The loop for a parameter of {@code executable}. Methods around the invocations of a parameterised class are not
     * shown to interceptors, and do not run on it. So that they can use it by other means, it goes on from then on.
     */
    static EventLoop loopFor(Executable executable, ExtensionContext context) {
        LifecycleSession session = of(context);
        SessionLoop loop = session.loop();
        return session instanceof ClassSession && isAroundInvocations(executable)
                ? session.onLoop(loop::get)
                : loop.get();
    }

    private static boolean isAroundInvocations(Executable executable) {
        for (Annotation annotation : executable.getDeclaredAnnotations()) {
            if (AROUND_INVOCATIONS.contains(annotation.annotationType().getSimpleName())) {
                return true;
            }
        }
        return false;
    }

    /** The session of the class, unless nobody has asked for it so far. */
    static Optional<ClassSession> ofClassIfMade(ExtensionContext context) {
        return ifMade(context, ClassSession.class);
    }

    private static <S extends Session> Optional<S> ifMade(ExtensionContext context, Class<S> type) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(context, type));
    }

    /** The session of one dynamic test, on the loop and in the coroutine of its factory. */
    static DynamicTestSession ofDynamicTest(ExtensionContext context) {
        ExtensionContext at = context;
        while (at.getTestMethod().isEmpty()) {
            at = at.getParent().orElseThrow();
        }
        TestSession factory = ofTest(at);
        Class<?> type = at.getRequiredTestClass(); // the context of a dynamic test has none
        return in(
                context,
                DynamicTestSession.class,
                () -> new DynamicTestSession(
                        Owner.of(Names.ofDynamicTest(factory.name(), context), type),
                        factory,
                        reporter(factory.settings(), context)));
    }

    private static Stream<ExtensionContext> withParents(ExtensionContext context) {
        return Stream.iterate(
                        Optional.of(context), Optional::isPresent, each -> each.flatMap(ExtensionContext::getParent))
                .flatMap(Optional::stream);
    }

    /**
     * The contexts of the classes that a test or class is in, the outermost first. They include the context of a class
     * itself.
     */
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

    /**
     * JUnit is about to interrupt {@code thread}, on which the test is. Shows its loops, and those of the classes
     * around it. Any thread.
     */
    static void timesOut(ExtensionContext context, Thread thread) {
        List<Session> sessions = withParents(context)
                .flatMap(each -> ifMade(each, Session.class).stream())
                .toList();
        if (!sessions.isEmpty()) {
            TimeoutDump dump = TimeoutDump.of(
                    sessions.stream().map(each -> each.account().owner()).toList(), thread);
            dump.log(sessions.get(0).name());
            sessions.get(0).account().timesOut(dump);
        }
    }

    private static TestSession newTest(ExtensionContext context, Method method) {
        ClassSession ofClass = ofClass(surroundingClass(context).orElseThrow());
        SessionSettings settings = DeclaredSettings.ofTest(ofClass.settings(), method, context.getRequiredTestClass());
        SessionLoop shared = sharedLoop(context, method, settings.scope(), ofClass);
        Owner owner = Owner.of(Names.ofTest(context, method), context.getRequiredTestClass());
        return new TestSession(
                owner,
                shared == null ? SessionLoop.ofTest(owner, settings) : shared,
                ofClass,
                settings,
                reporter(settings, context));
    }

    /** The loop that a test shares with others; null if the test has its own. */
    private static @Nullable SessionLoop sharedLoop(
            ExtensionContext context, Method method, Scope scope, ClassSession ofClass) {
        if (scope == Scope.METHOD) {
            return null;
        }
        SessionLoop loop = scope.isWiderThanClass() ? shared(scope, context).loop() : ofClass.loop();
        if (scope == Scope.CLASS && loop.scope().isWiderThanClass()) {
            throw new ExtensionConfigurationException("@LoopScope(CLASS) on " + Names.ofMethod(method)
                    + " contradicts that of its class, which has no loop of its own: it is that of "
                    + loop.ownerName() + "; let the method have @LoopScope(METHOD), or none");
        }
        ensureSameClock(method, Names.ofMethod(method), loop);
        return loop;
    }

    /**
     * The session that the classes of a package, or of the run, share. JUnit closes it after the last test of the run.
     */
    static SharedSession shared(Scope scope, ExtensionContext context) {
        ExtensionContext root = context.getRoot();
        List<Class<?>> classes = classes(context);
        Class<?> outermost = classes.get(classes.size() - 1);
        String name = scope.nameFor(outermost);
        return Stores.get(
                root.getStore(NAMESPACE), name, SharedSession.class, () -> newShared(name, scope, outermost, context));
    }

    private static SharedSession newShared(String name, Scope scope, Class<?> type, ExtensionContext context) {
        SessionSettings settings = DeclaredSettings.shared(scope, type, context);
        return new SharedSession(Owner.named(name), settings, reporter(settings, context.getRoot()));
    }

    private static void ensureSameClock(AnnotatedElement element, String name, SessionLoop loop) {
        if (DeclaredSettings.isVirtual(element) && !loop.hasVirtualTime()) {
            throw new ExtensionConfigurationException("@VirtualTime on " + name + " contradicts its scope: the loop is "
                    + "that of " + loop.ownerName() + ", which has the system's clock; "
                    + (loop.scope().isWiderThanClass() ? "" : "annotate that class, or ")
                    + "give this its own loop with @LoopScope(METHOD)");
        }
    }

    private static ClassSession newClass(ExtensionContext context) {
        ClassChecks.pass(context);
        Class<?> type = context.getRequiredTestClass();
        String name = Names.ofClass(type);
        Owner owner = Owner.of(Names.ofClass(context), type);
        Optional<ExtensionContext> around = surroundingClass(context);
        ClassSession outer = around.isEmpty() ? null : ofClass(around.get());
        LeakRules leaks = outer == null
                ? LeakRules.of(type, name, context)
                : outer.settings().leaks().and(type, name);
        SessionSettings settings = DeclaredSettings.of(classes(context), leaks, context);
        Session sharing = settings.scope().isWiderThanClass()
                ? shared(settings.scope(), context)
                : outer != null && (isInScopeOfOuterClass(context) || isInvocationOnLoop(context, settings.scope()))
                        ? outer
                        : null;
        Session parent = outer == null ? sharing : outer;
        if (sharing != null) {
            ensureSameClock(type, name, sharing.loop());
        }
        return new ClassSession(
                owner,
                sharing == null ? SessionLoop.aroundTests(owner, settings) : sharing.loop(),
                parent == null ? null : parent.account(),
                settings,
                Interceptors.before(context),
                reporter(settings, context));
    }

    /** Whether it is an invocation of a class whose tests share a loop, which is also that of all its invocations. */
    private static boolean isInvocationOnLoop(ExtensionContext context, Scope scope) {
        return scope == Scope.CLASS && Names.isInvocation(context);
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

    /** Looks up a session by its context, since a lookup in a store also finds what the contexts around it have. */
    private static <S extends Session> S in(ExtensionContext context, Class<S> type, Supplier<S> creator) {
        return Stores.get(context.getStore(NAMESPACE), context, type, creator);
    }

    private static LeakReporter reporter(SessionSettings settings, ExtensionContext context) {
        return new LeakReporter(context, settings.leaks().files());
    }
}
