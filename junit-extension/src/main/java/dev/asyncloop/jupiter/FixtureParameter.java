package dev.asyncloop.jupiter;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** Finds the fixture for a parameter, by its type or by the name of the field. */
final class FixtureParameter {

    private FixtureParameter() {}

    /** Whether the parameter asks for a fixture, even if there is none. */
    static boolean asksForFixture(ParameterContext parameter, ExtensionContext context) {
        return nameAskedFor(parameter) != null
                || !candidates(parameter, context).isEmpty();
    }

    /**
     * The value of the only fixture that fits.
     *
     * @throws ParameterResolutionException if none or several fit, or the fixture is not made yet
     */
    static Object resolve(ParameterContext parameter, ExtensionContext context) {
        List<DeclaredFixture> candidates = candidates(parameter, context);
        if (candidates.size() > 1) {
            throw wrong(
                    parameter,
                    "could take " + names(candidates) + "; say which by @Fixture(\""
                            + candidates.get(0).fieldName() + "\")");
        }
        if (candidates.isEmpty()) {
            List<DeclaredFixture> all = DeclaredFixture.in(context);
            throw wrong(
                    parameter,
                    "asks for a fixture that is not there; "
                            + (all.isEmpty() ? "the class has none" : "there are " + names(all)));
        }
        DeclaredFixture found = candidates.get(0);
        return found.made(context)
                .orElseThrow(() -> wrong(
                        parameter,
                        "asks for " + found.name() + ", which is "
                                + (found.isForEachTest() ? "made for each test, after the constructor" : "not made yet")
                                + "; take it in the test or in a @BeforeEach method"))
                .value();
    }

    private static List<DeclaredFixture> candidates(ParameterContext parameter, ExtensionContext context) {
        List<DeclaredFixture> all = DeclaredFixture.in(context);
        if (all.isEmpty()) {
            return all;
        }
        @Nullable String name = nameAskedFor(parameter);
        Class<?> type = parameter.getParameter().getType();
        List<DeclaredFixture> fitting = new ArrayList<>(all.size());
        List<DeclaredFixture> exact = new ArrayList<>(all.size());
        for (DeclaredFixture each : all) {
            @Nullable LoopFixture<?> fixture = each.fixture();
            if (name != null ? each.fieldName().equals(name) : fixture != null && fits(type, fixture.type())) {
                fitting.add(each);
                if (fixture != null && fixture.type() == type) {
                    exact.add(each);
                }
            }
        }
        return exact.size() == 1 ? exact : fitting;
    }

    /** The name in the parameter's annotation, or null. A method's parameter without any annotation is not searched. */
    private static @Nullable String nameAskedFor(ParameterContext parameter) {
        return parameter.getDeclaringExecutable() instanceof Method
                        && parameter.getParameter().getAnnotations().length == 0
                ? null
                : parameter.findAnnotation(Fixture.class).map(Fixture::value).orElse(null);
    }

    private static boolean fits(Class<?> parameter, Class<?> fixture) {
        return parameter != Object.class && parameter.isAssignableFrom(fixture);
    }

    private static String names(List<DeclaredFixture> fixtures) {
        return fixtures.stream().map(DeclaredFixture::name).collect(Collectors.joining(", "));
    }

    private static ParameterResolutionException wrong(ParameterContext parameter, String what) {
        return new ParameterResolutionException("The parameter "
                + parameter.getParameter().getType().getSimpleName() + " of "
                + Names.of(parameter.getDeclaringExecutable()) + " " + what);
    }
}
