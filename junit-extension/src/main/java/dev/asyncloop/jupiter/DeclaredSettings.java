package dev.asyncloop.jupiter;

import dev.asyncloop.jupiter.LoopScope.Scope;
import dev.asyncloop.jupiter.leaks.CompletedTests;
import dev.asyncloop.jupiter.leaks.LeakRules;
import dev.asyncloop.jupiter.session.SessionSettings;
import dev.asyncloop.jupiter.settings.Settings;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The settings of sessions, as they are declared in the code and configured. */
final class DeclaredSettings {

    private DeclaredSettings() {}

    /** Those of a class and its tests: {@code classes} are that and those around it, the innermost first. */
    static SessionSettings of(List<Class<?>> classes, LeakRules leaks, ExtensionContext context) {
        Settings configured = Settings.of(context);
        return new SessionSettings(
                LoopScopes.of(classes, configured.scope()),
                classes.stream().anyMatch(DeclaredSettings::isVirtual),
                LoopLimit.options(LoopLimit.configured(context), classes),
                configured.ordering(),
                leaks);
    }

    /** Those of what classes share, of which {@code type} is one. */
    static SessionSettings shared(Scope scope, Class<?> type, ExtensionContext context) {
        LeakRules leaks = scope == Scope.PACKAGE ? LeakRules.ofPackage(type, context) : LeakRules.ofAll(context);
        return new SessionSettings(
                scope,
                false,
                LoopLimit.options(LoopLimit.configured(context), List.of()),
                Settings.of(context).ordering(),
                leaks.knownOf(scope.nameFor(type)));
    }

    /** Those of a test in a class, {@code type}, whose own are {@code ofClass}: with what {@code method} declares. */
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
