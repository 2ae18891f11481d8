package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.LoopScope.Scope;
import dev.asyncloop.jupiter.leaks.CompletedTests;
import dev.asyncloop.jupiter.leaks.LeakRules;
import dev.asyncloop.jupiter.session.SessionSettings;
import dev.asyncloop.jupiter.settings.Settings;
import dev.asyncloop.loop.LoopOptions;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The settings of sessions, from what the code declares and what is configured. */
final class DeclaredSettings {

    private DeclaredSettings() {}

    /**
     * The settings of a class and its tests. {@code classes} are the class and those around it, from the inside
     * outwards.
     */
    static SessionSettings of(List<Class<?>> classes, LeakRules leaks, ExtensionContext context) {
        Settings configured = Settings.of(context);
        return new SessionSettings(
                LoopScopes.of(classes, configured.scope()),
                classes.stream().anyMatch(DeclaredSettings::isVirtual),
                phases(classes, context),
                configured.ordering(),
                leaks);
    }

    /** The settings of what the classes of a package, or of the run, share; {@code type} is one of these classes. */
    static SessionSettings shared(Scope scope, Class<?> type, ExtensionContext context) {
        LeakRules leaks = scope == Scope.PACKAGE ? LeakRules.ofPackage(type, context) : LeakRules.ofAll(context);
        return new SessionSettings(
                scope,
                false,
                phases(List.of(), context),
                Settings.of(context).ordering(),
                leaks.knownOf(scope.nameFor(type)));
    }

    private static LoopOptions phases(List<Class<?>> classes, ExtensionContext context) {
        LoopOptions options = LoopLimit.options(LoopLimit.configured(context), classes);
        return Settings.of(context).engine().map(options::engine).orElse(options);
    }

    /** The settings of a test: those of its class, {@code type}, with what {@code method} declares. */
    static SessionSettings ofTest(SessionSettings ofClass, Method method, Class<?> type) {
        boolean declares = RelevantAnnotations.areOn(method);
        LeakRules leaks = ofClass.leaks();
        return new SessionSettings(
                declares ? LoopScopes.declared(method).orElse(ofClass.scope()) : ofClass.scope(),
                ofClass.virtualTime() || declares && isVirtual(method),
                ofClass.phases(),
                ofClass.orderings(),
                declares || leaks.knowAny()
                        ? leaks.of(method, Names.ofMethod(method), CompletedTests.nameOf(type, method))
                        : leaks);
    }

    static boolean isVirtual(AnnotatedElement element) {
        return AnnotationSupport.isAnnotated(element, VirtualTime.class);
    }
}
