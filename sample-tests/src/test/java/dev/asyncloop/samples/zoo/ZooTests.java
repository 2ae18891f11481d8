package dev.asyncloop.samples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.samples.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnJre;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Every planted leak is found: under its own test, as its kind, with its line. No clean twin is ever blamed. */
@DisabledOnJre(value = JRE.JAVA_26, disabledReason = "it takes a minute and a half, and runs on 21, 25 and 27")
class ZooTests {

    @AfterEach
    void tidyUp() throws Exception {
        Wing.tidyUp();
    }

    @Test
    void one_after_the_other() throws Exception {
        Visit visit = visit(Map.of());
        assertThat(visit.mostAtOnce()).isEqualTo(1);
        assertThat(wronglyJudged(visit, Wing.ALL)).isEmpty();
    }

    @CsvSource({"FORK_JOIN_POOL, 4", "FORK_JOIN_POOL, 16", "WORKER_THREAD_POOL, 2", "WORKER_THREAD_POOL, 16"})
    @ParameterizedTest
    void at_the_same_time(Executor executor, int threads) throws Exception {
        executor.assumeKnown();
        Visit visit = visit(executor.withThreads(threads));
        assertThat(visit.mostAtOnce()).isGreaterThan(1);
        assertThat(wronglyJudged(visit, Wing.ALL)).isEmpty();
    }

    private static Visit visit(Map<String, String> parameters) {
        return Visit.of(EngineTestKit.engine("junit-jupiter")
                .configurationParameters(parameters)
                .selectors(
                        Wing.ALL.stream().map(DiscoverySelectors::selectClass).toArray(DiscoverySelector[]::new)));
    }

    private static List<String> wronglyJudged(Visit visit, List<Class<? extends Wing>> wings) throws Exception {
        List<String> wrong = new ArrayList<>(visit.failuresOfContainers());
        for (Class<? extends Wing> wing : wings) {
            Map<String, Optional<Throwable>> leaky = visit.outcomes(wing, "leaky");
            Map<String, Optional<Throwable>> clean = visit.outcomes(wing, "clean");
            for (Exhibit exhibit : wing.getDeclaredConstructor().newInstance().exhibits()) {
                clean.get(exhibit.name())
                        .ifPresent(thrown -> wrong.add("the clean twin of " + exhibit + ": " + thrown));
                if (exhibit.leaks()) {
                    Optional<Throwable> failure = leaky.get(exhibit.name());
                    if (!isFound(exhibit, wing, failure)) {
                        wrong.add(exhibit + ": "
                                + failure.map(Throwable::toString).orElse("nothing"));
                    }
                }
            }
        }
        return wrong;
    }

    private static boolean isFound(Exhibit exhibit, Class<?> wing, Optional<Throwable> failure) {
        List<Integer> lines = linesOf(exhibit, wing);
        return failure.filter(LeakError.class::isInstance)
                .map(thrown -> ((LeakError) thrown).leaks())
                .filter(leaks -> leaks.stream().noneMatch(leak -> isIn(wing, leak) && !isIn(wing, lines, leak)))
                .filter(leaks ->
                        leaks.stream().anyMatch(leak -> leak.kind() == exhibit.kind() && isIn(wing, lines, leak)))
                .filter(leaks -> leaks.stream().allMatch(ZooTests::hasPool))
                .isPresent();
    }

    /** Of a job, the pool is told; a coroutine changes it. */
    private static boolean hasPool(Leak leak) {
        return leak.kind() != LeakKind.PENDING_JOB || leak.what().matches("\\w+ (job in (a|the)|coroutine) .*");
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
}
