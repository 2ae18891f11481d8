package dev.asyncloop.jupiter;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** A real JUnit run of fixture classes, and how each test and container of it ended, by display name. */
final class Run {

    private final Map<String, TestExecutionResult> results = new LinkedHashMap<>();
    private final List<String> skipped;
    private final List<String> entries;

    private Run(List<Event> events) {
        events.stream()
                .filter(event -> event.getType() == EventType.FINISHED)
                .forEach(event -> results.put(
                        event.getTestDescriptor().getDisplayName(),
                        event.getRequiredPayload(TestExecutionResult.class)));
        skipped = events.stream()
                .filter(event -> event.getType() == EventType.SKIPPED)
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
        entries = events.stream()
                .filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
                .flatMap(event -> Stream.ofNullable(event.getRequiredPayload(ReportEntry.class)
                        .getKeyValuePairs()
                        .get("asyncloop.leaks")))
                .toList();
    }

    /** What was published under {@code asyncloop.leaks}. */
    List<String> entries() {
        return entries;
    }

    static Run of(Class<?>... fixtures) {
        return with(Map.of(), fixtures);
    }

    static Run with(Map<String, String> parameters, Class<?>... fixtures) {
        return with(
                parameters, Stream.of(fixtures).map(type -> selectClass(type)).toArray(DiscoverySelector[]::new));
    }

    static Run with(Map<String, String> parameters, DiscoverySelector... selectors) {
        return new Run(EngineTestKit.engine("junit-jupiter")
                .configurationParameters(parameters)
                .selectors(selectors)
                .execute()
                .allEvents()
                .list());
    }

    /** What the test or container failed with. */
    Throwable failure(String displayName) {
        return result(displayName)
                .getThrowable()
                .orElseThrow(() -> new AssertionError(displayName + " did not fail: " + results));
    }

    /** Everything that failed, by display name. */
    Map<String, Throwable> failures() {
        Map<String, Throwable> failures = new LinkedHashMap<>();
        results.forEach((name, result) -> result.getThrowable().ifPresent(thrown -> failures.put(name, thrown)));
        return failures;
    }

    /** The display names of what succeeded, containers included. */
    List<String> succeeded() {
        return ended(TestExecutionResult.Status.SUCCESSFUL);
    }

    /** The display names of what ended with an assumption that did not hold. */
    List<String> aborted() {
        return ended(TestExecutionResult.Status.ABORTED);
    }

    /** The display names of what was not run. */
    List<String> skipped() {
        return skipped;
    }

    private List<String> ended(TestExecutionResult.Status status) {
        return results.entrySet().stream()
                .filter(entry -> entry.getValue().getStatus() == status)
                .map(Map.Entry::getKey)
                .toList();
    }

    private TestExecutionResult result(String displayName) {
        return Optional.ofNullable(results.get(displayName))
                .orElseThrow(() -> new AssertionError(displayName + " did not run, but " + results.keySet()));
    }
}
