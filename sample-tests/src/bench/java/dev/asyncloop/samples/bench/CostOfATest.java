package dev.asyncloop.samples.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a test costs with asyncloop and all its checks, beside what else looks after tests of asynchronous code.
 *
 * <p>Each contender runs 3,000 empty tests, 100 in a class, in one JVM. They take turns, and the median of their rounds counts;
 * the least shows how much of it is the machine's noise. A second table shows that the cost of a test does not depend on how
 * many ran before it.
 */
final class CostOfATest {

    private static final int CLASSES = 30;
    private static final int TESTS_EACH = 100;
    private static final int WARM_UP_CLASSES = 5;
    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 7; // odd, so that there is a middle one

    private static final int BLOCK = 1_000;
    private static final int BLOCKS = 30;
    private static final List<Integer> BLOCKS_SHOWN = List.of(1, 2, 5, 10, 20, 30);

    private CostOfATest() {}

    public static void main(String[] arguments) {
        compare();
        lookForGrowth();
    }

    private static void compare() {
        Map<Contender, List<Class<?>>> suites = new EnumMap<>(Contender.class);
        Map<Contender, List<Double>> rounds = new EnumMap<>(Contender.class);
        for (Contender contender : Contender.values()) {
            suites.put(contender, EmptyTests.of(contender, CLASSES, TESTS_EACH));
            rounds.put(contender, new ArrayList<>());
        }
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            for (Contender contender : Contender.values()) {
                double micros = timed(suites.get(contender));
                if (round >= 0) {
                    rounds.get(contender).add(micros);
                }
            }
        }
        System.out.printf(
                "%n%,d empty tests in %d classes, microseconds a test, %d rounds%n",
                CLASSES * TESTS_EACH, CLASSES, ROUNDS);
        System.out.printf("%-38s %9s %10s %7s %9s%n", "", "median", "over bare", "x bare", "least");
        double bare = median(rounds.get(Contender.BARE));
        rounds.forEach((contender, micros) -> System.out.printf(
                "%-38s %,9.1f %,10.1f %,7.1f %,9.1f%n",
                contender.title(),
                median(micros),
                median(micros) - bare,
                median(micros) / bare,
                micros.stream().min(Double::compare).orElseThrow()));
    }

    private static double timed(List<Class<?>> suite) {
        // the JVM may have dropped the compiled code of a contender that has not run for a while
        TestRun.microsPerTest(suite.subList(0, WARM_UP_CLASSES), TESTS_EACH);
        return TestRun.microsPerTest(suite, CLASSES * TESTS_EACH).getFirst();
    }

    private static void lookForGrowth() {
        List<Contender> contenders = List.of(Contender.BARE, Contender.ASYNCLOOP, Contender.ASYNCLOOP_CLASS);
        Map<Contender, List<List<Double>>> runs = new EnumMap<>(Contender.class);
        for (Contender contender : contenders) {
            runs.put(contender, new ArrayList<>());
        }
        for (int round = 0; round < ROUNDS; round++) {
            runs.forEach((contender, blocks) ->
                    blocks.add(TestRun.microsPerTest(List.of(EmptyTests.repeated(contender, BLOCK * BLOCKS)), BLOCK)));
        }
        System.out.printf(
                "%nOne test %,d times, microseconds a test in the n-th thousand, median of %d runs%n%-38s",
                BLOCK * BLOCKS, ROUNDS, "");
        BLOCKS_SHOWN.forEach(block -> System.out.printf(" %6d.", block));
        System.out.println();
        runs.forEach((contender, blocks) -> {
            System.out.printf("%-38s", contender.title());
            for (int block : BLOCKS_SHOWN) {
                System.out.printf(
                        " %7.1f",
                        median(blocks.stream().map(run -> run.get(block - 1)).toList()));
            }
            System.out.println();
        });
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
