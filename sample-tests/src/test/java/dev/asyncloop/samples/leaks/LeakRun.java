package dev.asyncloop.samples.leaks;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.samples.Sources;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/**
 * What the test kit saw when it ran a class that leaks, or hangs, its tests in the order of the source.
 *
 * @param failed which test failed, or else the class
 * @param failure what with
 * @param passedAfter the tests that passed after that one
 */
public record LeakRun(String failed, Throwable failure, List<String> passedAfter) {

    /** Runs a class of which exactly one test, or the class itself, is to fail; where the class is skipped, so is the test that asks. */
    public static LeakRun of(Class<?> type) {
        return of(type, Map.of());
    }

    /** The same with configuration parameters. */
    public static LeakRun of(Class<?> type, Map<String, String> parameters) {
        Events all = EngineTestKit.engine("junit-jupiter")
                .configurationParameters(parameters)
                .configurationParameter(MethodOrderer.DEFAULT_ORDER_PROPERTY_NAME, InOrderOfSource.class.getName())
                .selectors(selectClass(type))
                .execute()
                .allEvents();
        all.skipped()
                .map(event -> event.getRequiredPayload(String.class))
                .findFirst()
                .ifPresent(Assumptions::abort);
        Events finished = all.finished();
        List<Event> failed = finished.failed().list();
        assertThat(failed).as("failures of %s", type.getSimpleName()).hasSize(1);
        Event failure = failed.getFirst();
        return new LeakRun(
                failure.getTestDescriptor().getLegacyReportingName(),
                failure.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow(),
                finished.list().stream()
                        .dropWhile(event -> event != failure)
                        .skip(1)
                        .filter(event -> event.getTestDescriptor().isTest())
                        .map(event -> event.getTestDescriptor().getLegacyReportingName())
                        .toList());
    }

    /** The leaks, which are the failure itself or are told below it. */
    public LeakError leaks() {
        return failure instanceof LeakError leaks
                ? leaks
                : (LeakError) failure.getSuppressed()[failure.getSuppressed().length - 1];
    }

    /** The failure as it is printed, without the stack traces and with {@link #withoutNumbers}. */
    public String printed() {
        return withoutNumbers(
                failure instanceof LeakError
                        ? failure.toString() // what it suppresses says where the leaks were created
                        : Stream.concat(Stream.of(failure), Stream.of(failure.getSuppressed()))
                                .map(Throwable::toString)
                                .collect(joining("\n\tSuppressed: ")));
    }

    /**
     * Messages differ from run to run in the numbers of descriptors, the ports and the folders, and in the ids, registries and times of containers;
     * spaces at the end of a line nobody sees.
     */
    private static final Map<String, String> NUMBERS = Map.of(
            "descriptor(s?) \\d+(, \\d+)* ->", "descriptor$1 N ->",
            "(epoll|eventfd) \\d+", "$1 N",
            "HttpClient-\\d+", "HttpClient-N",
            "(\\d+\\.\\d+\\.\\d+\\.\\d+):\\d+", "$1:P",
            "(\\S+/)?(\\S+), container \\w{12}", "$2, container ID",
            "container (\\S+/)?(\\S+) \"\\w+\"", "container $2 NAME",
            "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME",
            "-> (directory )?/\\S*/", "-> $1/",
            " +\n", "\n");

    /** A slow machine does not get as far in the time that a search for who holds a thing has. */
    private static final String NOT_KNOWN = "not known: looked at [\\d,]+ objects";

    private static final String NOBODY = "by nobody any more: only the garbage collector can close it";

    /** A message with the parts that differ from run to run replaced, so that two can be compared. */
    public static String withoutNumbers(String message) {
        String text = message.replaceAll(NOT_KNOWN, NOBODY);
        for (Map.Entry<String, String> number : NUMBERS.entrySet()) {
            text = text.replaceAll(number.getKey(), number.getValue());
        }
        return text;
    }

    static final class InOrderOfSource implements MethodOrderer {

        @Override
        public void orderMethods(MethodOrdererContext context) {
            context.getMethodDescriptors()
                    .sort(comparingInt(method -> Sources.line(
                            context.getTestClass(), "void " + method.getMethod().getName() + "(")));
        }
    }
}
