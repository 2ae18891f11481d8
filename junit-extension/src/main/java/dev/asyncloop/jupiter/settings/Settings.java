package dev.asyncloop.jupiter.settings;

import dev.asyncloop.jupiter.LoopScope.Scope;
import dev.asyncloop.jupiter.settings.Parameter.WrongValue;
import dev.asyncloop.leak.LeakPolicy;
import dev.asyncloop.loop.LoopEngine;
import dev.asyncloop.loop.Ordering;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The values of all parameters in one run of JUnit.
 *
 * @param scope which tests share a loop if no annotation says so
 * @param timeout how long a phase of a test may take; empty if there is no limit
 * @param hasTimeout whether the timeout is configured, and not the default
 * @param ordering gives the ordering of each loop
 * @param leaks what becomes of leaks if no annotation says so
 * @param baseline the file of known leaks
 * @param writesBaseline whether that file is to be written
 * @param json the file to which leaks are appended
 * @param requires what the JVM has to be able to look for
 * @param engine the engine of the loops of tests; empty if it is the best that the JVM allows
 * @param without says of the name of a class whether it is left out
 */
public record Settings(
        Scope scope,
        Optional<Duration> timeout,
        boolean hasTimeout,
        Supplier<Ordering> ordering,
        LeakPolicy leaks,
        Optional<Path> baseline,
        boolean writesBaseline,
        Optional<Path> json,
        Requirement requires,
        Optional<LoopEngine> engine,
        Predicate<String> without) {

    private static final Namespace NAMESPACE = Namespace.create(Settings.class);

    /**
     * The settings of the run that {@code context} is in. They are read when they are first asked for.
     *
     * @throws ExtensionConfigurationException whenever it is called, if a parameter has a wrong value
     */
    public static Settings of(ExtensionContext context) {
        ExtensionContext root = context.getRoot();
        return root.getStore(NAMESPACE)
                .getOrComputeIfAbsent(Reading.class, unread -> Reading.of(root), Reading.class)
                .get();
    }

    /**
     * How long a phase of a test may take.
     *
     * @param onlyDetected whether only JUnit's auto-detection brings the extension; then there is no limit by default
     */
    public Optional<Duration> limit(boolean onlyDetected) {
        return onlyDetected && !hasTimeout ? Optional.empty() : timeout;
    }

    /**
     * The settings, or the complaint about a wrong value. Each class that fails for the value gets an exception of its
     * own.
     */
    private record Reading(@Nullable Settings settings, String complaint) {

        static Reading of(ExtensionContext root) {
            try {
                return new Reading(read(root), "");
            } catch (WrongValue wrong) {
                return new Reading(null, wrong.text());
            }
        }

        Settings get() {
            if (settings == null) {
                throw new ExtensionConfigurationException(complaint);
            }
            return settings;
        }
    }

    private static Settings read(ExtensionContext root) throws WrongValue {
        return new Settings(
                Parameters.SCOPE.in(root),
                Parameters.TIMEOUT.in(root),
                Parameters.TIMEOUT.isIn(root),
                Parameters.ORDERING.in(root),
                Parameters.LEAKS.in(root),
                Parameters.BASELINE.in(root),
                Parameters.BASELINE_WRITE.in(root),
                Parameters.JSON.in(root),
                Parameters.REQUIRE.in(root),
                Parameters.ENGINE.in(root),
                Parameters.WITHOUT.in(root));
    }
}
