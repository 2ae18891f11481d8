package dev.asyncloop.samples.bench.loop;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What an event loop does all the time, beside its peers in the same run: prints the tables of {@code docs/performance.md}.
 *
 * <p>JMH measures what takes nanoseconds, programs of their own what fills a heap, and a script what Python does.
 */
public final class CostOfALoop {

    private static final int FORKS = 3;
    private static final int WARM_UPS = 4;
    private static final int ITERATIONS = 5;
    private static final TimeValue ITERATION = TimeValue.milliseconds(300);

    private CostOfALoop() {}

    public static void main(String[] arguments) throws RunnerException {
        Figures figures = new Figures();
        runJmh(figures);
        for (Contender contender : List.of(Contender.ASYNCLOOP, Contender.BARE, Contender.KOTLINX)) {
            Program.java(figures, Sleepers.class, contender.name());
        }
        Program.java(figures, Curve.class);
        Program.java(figures, Ring.class, Contender.ASYNCLOOP.name());
        Program.java(figures, Ring.class, Contender.BARE.name());
        Python.measure(figures);
        Report.print(figures);
    }

    private static void runJmh(Figures figures) throws RunnerException {
        var results = new Runner(new OptionsBuilder()
                        .include(CostOfALoop.class.getPackageName().replace(".", "\\.") + "\\.")
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .forks(FORKS)
                        .warmupIterations(WARM_UPS)
                        .warmupTime(ITERATION)
                        .measurementIterations(ITERATIONS)
                        .measurementTime(ITERATION)
                        .jvmArgsAppend(Program.ONE_CARRIER.toArray(String[]::new))
                        .addProfiler("gc")
                        .shouldFailOnError(true)
                        .build())
                .run();
        results.forEach(result -> add(figures, result));
    }

    private static void add(Figures figures, RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        Contender contender = Stream.of(Contender.values())
                .filter(one -> one.owns(benchmark))
                .findFirst()
                .orElseThrow();
        String key = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        // of the iteration that the machine disturbed least
        figures.add(contender, key, result.getPrimaryResult().getStatistics().getMin());
        figures.add(
                contender,
                key + ".bytes",
                result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
    }
}
