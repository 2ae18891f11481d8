package dev.asyncloop.samples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** One timed run of test classes by JUnit, from the discovery of their tests to the end of the last. */
final class TestRun implements TestExecutionListener {

    private static final Launcher LAUNCHER = LauncherFactory.create();

    private final int blockSize;
    private final List<Long> blockEnds = new ArrayList<>();
    private int finished;
    private Throwable failure; // thrown at the end: JUnit would only log it

    private TestRun(int blockSize) {
        this.blockSize = blockSize;
    }

    /** Microseconds that a test took, in each block of so many tests. */
    static List<Double> microsPerTest(List<Class<?>> classes, int blockSize) {
        return microsPerTest(classes, blockSize, Map.of());
    }

    /** The same with configuration parameters. */
    static List<Double> microsPerTest(List<Class<?>> classes, int blockSize, Map<String, String> parameters) {
        TestRun run = new TestRun(blockSize);
        var request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameters(parameters)
                .selectors(classes.stream().map(DiscoverySelectors::selectClass).toList())
                .build();
        System.gc(); // so that nobody pays for what the one before has left
        long start = System.nanoTime();
        LAUNCHER.execute(request, run);
        if (run.failure != null) {
            throw new IllegalStateException("a test failed", run.failure);
        }
        return run.microsPerTest(start);
    }

    private List<Double> microsPerTest(long start) {
        List<Double> micros = new ArrayList<>();
        long from = start;
        for (long end : blockEnds) {
            micros.add((end - from) / 1e3 / blockSize);
            from = end;
        }
        return micros;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        result.getThrowable().ifPresent(thrown -> failure = thrown);
        if (test.isTest() && ++finished % blockSize == 0) {
            blockEnds.add(System.nanoTime());
        }
    }
}
