package dev.asyncloop.samples.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.samples.Sources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Every planted leak is found: under its own test, as its kind, with its line. No clean twin is ever blamed. */
class ZooTests {

    @AfterEach
    void tidyUp() throws Exception {
        Wing.tidyUp();
    }

    @ParameterizedTest
    @ValueSource(classes = {FileWing.class, SocketWing.class, LoopWing.class, ThreadWing.class, LibraryWing.class, UtilityWing.class})
    void one_after_the_other(Class<? extends Wing> wing) throws Exception {
        visit(wing, Map.of());
    }

    @ParameterizedTest
    @ValueSource(classes = {FileWing.class, SocketWing.class, LoopWing.class, ThreadWing.class, LibraryWing.class, UtilityWing.class})
    void at_the_same_time(Class<? extends Wing> wing) throws Exception {
        visit(
                wing,
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"));
    }

    private static void visit(Class<? extends Wing> type, Map<String, String> parameters) throws Exception {
        Map<String, Optional<Throwable>> leaky = new LinkedHashMap<>();
        Map<String, Optional<Throwable>> clean = new LinkedHashMap<>();
        EngineTestKit.engine("junit-jupiter")
                .configurationParameters(parameters)
                .configurationParameter("asyncloop.leaks", "strict")
                .selectors(selectClass(type))
                .execute()
                .testEvents()
                .finished()
                .list()
                .forEach(event -> (isLeaky(event) ? leaky : clean).put(name(event), failure(event)));
        List<Exhibit> exhibits = type.getDeclaredConstructor().newInstance().exhibits();
        List<String> wrong = new ArrayList<>();
        for (Exhibit exhibit : exhibits) {
            String found = leaky.get(exhibit.name()).map(Throwable::toString).orElse("nothing");
            if (!isFound(exhibit, type, leaky.get(exhibit.name()))) {
                wrong.add(exhibit + ": " + found);
            }
            clean.get(exhibit.name()).ifPresent(thrown -> wrong.add("the clean twin of " + exhibit + ": " + thrown));
        }
        assertThat(wrong).as("wrongly judged of %d", exhibits.size()).isEmpty();
    }

    private static boolean isFound(Exhibit exhibit, Class<?> wing, Optional<Throwable> failure) {
        List<Integer> lines = linesOf(exhibit, wing);
        return failure.filter(LeakError.class::isInstance)
                .map(thrown -> ((LeakError) thrown).leaks())
                .filter(leaks -> leaks.stream().noneMatch(leak -> isIn(wing, leak) && !isIn(wing, lines, leak)))
                .filter(leaks ->
                        leaks.stream().anyMatch(leak -> leak.kind() == exhibit.kind() && isIn(wing, lines, leak)))
                .isPresent();
    }

    private static boolean isIn(Class<?> wing, List<Integer> lines, Leak leak) {
        return isIn(wing, leak) && lines.contains(leak.origin().orElseThrow().getLineNumber());
    }

    /** If not, a thread of a library's own did it. */
    private static boolean isIn(Class<?> wing, Leak leak) {
        return leak.origin()
                .filter(line -> line.getClassName().equals(wing.getName()))
                .isPresent();
    }

    /** The statement that shows it, and every line that says that it leaks. */
    private static List<Integer> linesOf(Exhibit exhibit, Class<?> wing) {
        List<String> source = Sources.lines(wing);
        int start = Sources.line(wing, '"' + exhibit.name() + '"');
        int end = start;
        while (!source.get(end - 1).endsWith(";")) {
            end++;
        }
        List<Integer> lines =
                new ArrayList<>(IntStream.rangeClosed(start, end).boxed().toList());
        IntStream.rangeClosed(1, source.size())
                .filter(number -> source.get(number - 1).endsWith("// leaks"))
                .forEach(lines::add);
        return lines;
    }

    private static boolean isLeaky(Event event) {
        return event.getTestDescriptor()
                .getSource()
                .filter(source -> ((MethodSource) source).getMethodName().equals("leaky"))
                .isPresent();
    }

    private static String name(Event event) {
        return event.getTestDescriptor().getDisplayName();
    }

    private static Optional<Throwable> failure(Event event) {
        return event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                .getThrowable();
    }
}
