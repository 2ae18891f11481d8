package dev.asyncloop.samples.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What suites cost that were written without a thought of leaks, with the extension found by auto-detection and without it.
 *
 * <p>Both take turns, and the least of their rounds counts.
 */
final class CostOfASuite {

    private static final int ROUNDS = 5;
    private static final String DETECTION = "junit.jupiter.extensions.autodetection.enabled";

    private CostOfASuite() {}

    public static void main(String[] arguments) {
        System.out.printf("%n%-52s %9s %9s %9s %7s%n", "a suite, milliseconds", "bare", "asyncloop", "more", "x bare");
        report(
                "%d tests with a thread each that is known".formatted(SuiteWithKnownLeaks.TESTS),
                SuiteWithKnownLeaks.class,
                SuiteWithKnownLeaks.TESTS,
                SuiteWithKnownLeaks.baseline());
        report(
                "%d tests with a server each and one client".formatted(SuiteWithAClient.TESTS),
                SuiteWithAClient.class,
                SuiteWithAClient.TESTS,
                Map.of());
    }

    private static void report(String title, Class<?> suite, int tests, Map<String, String> parameters) {
        Map<String, String> detected = new HashMap<>(parameters);
        detected.put(DETECTION, "true");
        double bare = Double.MAX_VALUE;
        double watched = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            bare = Math.min(bare, millis(suite, tests, Map.of(DETECTION, "false")));
            watched = Math.min(watched, millis(suite, tests, detected));
        }
        System.out.printf("%-52s %,9.0f %,9.0f %,9.0f %7.1f%n", title, bare, watched, watched - bare, watched / bare);
    }

    private static double millis(Class<?> suite, int tests, Map<String, String> parameters) {
        return TestRun.microsPerTest(List.of(suite), tests, parameters).getFirst() * tests / 1e3;
    }
}
