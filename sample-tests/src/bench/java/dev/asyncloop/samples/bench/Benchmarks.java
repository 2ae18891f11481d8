package dev.asyncloop.samples.bench;

import dev.asyncloop.samples.bench.loop.CostOfALoop;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What asyncloop costs. {@code mvn -Pbenchmarks verify} runs all benchmarks in some fifteen minutes, {@code -Dbenchmark=tests},
 * {@code -Dbenchmark=suites}, {@code -Dbenchmark=leaks}, {@code -Dbenchmark=jobs} or {@code -Dbenchmark=loop} one of them.
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
                CostOfASuite.main(arguments);
                CostOfLeakChecks.main(arguments);
                CostOfJobs.main(arguments);
                CostOfALoop.main(arguments);
            }
            case "tests" -> CostOfATest.main(arguments);
            case "suites" -> CostOfASuite.main(arguments);
            case "leaks" -> CostOfLeakChecks.main(arguments);
            case "jobs" -> CostOfJobs.main(arguments);
            case "loop" -> CostOfALoop.main(arguments);
            default ->
                throw new IllegalArgumentException("-Dbenchmark is '" + which
                        + "'; it may be 'all', 'tests', 'suites', 'leaks', 'jobs' or 'loop'");
        }
    }
}
