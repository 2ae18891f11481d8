package dev.asyncloop.samples.zoo;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;
import org.junit.platform.testkit.engine.Events;

/** A run of exhibits in which every leak fails its test. */
record Visit(EngineExecutionResults results) {

    static Visit of(EngineTestKit.Builder run) {
        return new Visit(run.configurationParameter("asyncloop.leaks", "strict").execute());
    }

    /** What each test of this method failed with, by the name of the exhibit. */
    Map<String, Optional<Throwable>> outcomes(Class<? extends Wing> wing, String method) {
        return results.testEvents().finished().stream()
                .filter(event -> event.getTestDescriptor()
                        .getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(MethodSource.class::cast)
                        .filter(source -> source.getClassName().equals(wing.getName())
                                && source.getMethodName().equals(method))
                        .isPresent())
                .collect(toMap(event -> event.getTestDescriptor().getDisplayName(), Visit::failure));
    }

    /** What containers, such as the classes, failed with. */
    List<String> failuresOfContainers() {
        return failures(results.containerEvents());
    }

    List<String> failures() {
        return failures(results.allEvents());
    }

    private static List<String> failures(Events events) {
        return events.failed().stream()
                .map(event -> event.getTestDescriptor().getDisplayName() + ": "
                        + failure(event).map(Throwable::toString).orElse("no exception"))
                .toList();
    }

    /** How many tests ran at the same time, with all their tear-down. */
    int mostAtOnce() {
        int now = 0;
        int most = 0;
        for (Event event : results.testEvents().list()) {
            if (event.getType() == EventType.STARTED) {
                most = Math.max(most, ++now);
            } else if (event.getType() == EventType.FINISHED) {
                now--;
            }
        }
        return most;
    }

    private static Optional<Throwable> failure(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class).getThrowable();
    }
}
