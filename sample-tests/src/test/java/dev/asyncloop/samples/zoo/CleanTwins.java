package dev.asyncloop.samples.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;

/** All that close what they open, again and again: nobody is blamed. Takes long; run by the profile {@code zoo} only. */
class CleanTwins {

    private static final int ROUNDS = Integer.getInteger("zoo.rounds", 1_000);

    @Test
    void one_after_the_other() {
        assertThat(blamed(Map.of())).isEmpty();
    }

    @CsvSource({"FORK_JOIN_POOL, 4", "FORK_JOIN_POOL, 16", "WORKER_THREAD_POOL, 16"})
    @ParameterizedTest
    void at_the_same_time(Executor executor, int threads) {
        executor.assumeKnown();
        assertThat(blamed(executor.withThreads(threads))).isEmpty();
    }

    /** Each message once, with the number of the round in which it came first, and how often it came. */
    private static Map<String, List<Integer>> blamed(Map<String, String> parameters) {
        Map<String, List<Integer>> blamed = new TreeMap<>();
        for (int round = 1; round <= ROUNDS; round++) {
            for (String message : failures(parameters)) {
                blamed.computeIfAbsent(message, first -> new ArrayList<>()).add(round);
            }
        }
        return blamed;
    }

    private static List<String> failures(Map<String, String> parameters) {
        return Visit.of(EngineTestKit.engine("junit-jupiter")
                        .configurationParameters(parameters)
                        .selectors(Wing.ALL.stream()
                                .map(wing -> selectMethod(wing, "clean", Exhibit.class.getName()))
                                .toArray(DiscoverySelector[]::new)))
                .failures();
    }
}
