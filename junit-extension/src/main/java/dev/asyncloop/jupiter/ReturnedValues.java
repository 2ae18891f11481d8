package dev.asyncloop.jupiter;

import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryListener;

/**
 * Says what to do about a test that returns a value, if JUnit ignores its whole class and so never asks the extension.
 * JUnit's launcher creates it.
 */
@SuppressWarnings("exports") // whoever uses it has a launcher
public final class ReturnedValues implements LauncherDiscoveryListener {

    private static final Optional<String> JUPITER = Optional.of("junit-jupiter");

    /** For JUnit. */
    public ReturnedValues() {}

    @Override
    public void issueEncountered(UniqueId engine, DiscoveryIssue issue) {
        if (!engine.getEngineId().equals(JUPITER)) {
            return; // and Jupiter's classes need not be there
        }
        issue.source()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getJavaMethod())
                .filter(method -> Detection.isNamedBy(method.getDeclaringClass()))
                .flatMap(Declarations::valueReturnedBy)
                .ifPresent(text -> Log.log(Level.ERROR, text));
    }
}
