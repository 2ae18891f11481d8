package dev.asyncloop.samples.bench;

import org.openjdk.jmh.runner.RunnerException;

/**
 * What asyncloop costs. {@code mvn -Pbenchmarks verify} runs both benchmarks in a few minutes, {@code -Dbenchmark=tests} or
 * {@code -Dbenchmark=loop} one of them.
 *
 * <p>Compare the figures of one run with each other; those of two runs, or of two machines, say little.
 */
final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) throws RunnerException {
        String which = arguments.length == 0 ? "all" : arguments[0];
        switch (which) {
            case "all" -> {
                CostOfATest.main(arguments);
                CostOfASwitch.main(arguments);
            }
            case "tests" -> CostOfATest.main(arguments);
            case "loop" -> CostOfASwitch.main(arguments);
            default ->
                throw new IllegalArgumentException(
                        "-Dbenchmark is '" + which + "'; it may be 'all', 'tests' or 'loop'");
        }
    }
}
