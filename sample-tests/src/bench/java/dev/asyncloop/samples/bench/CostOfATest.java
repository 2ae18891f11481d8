package dev.asyncloop.samples.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a test costs with asyncloop and all its checks, beside what else looks after tests of asynchronous code.
 *
 * <p>Each contender runs 3,000 empty tests, 100 in a class, in one JVM; they take turns, and the median of their rounds
 * counts. A second table shows that the cost of a test does not depend on how many ran before it.
 */
final class CostOfATest {

    private static final int CLASSES = 30;
    private static final int TESTS_EACH = 100;
    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 5;

    private static final int BLOCK = 1_000;
    private static final int BLOCKS = 30;
    private static final List<Integer> BLOCKS_SHOWN = List.of(1, 2, 5, 10, 20, 30);
    private static final List<Contender> WATCHED_FOR_GROWTH =
            List.of(Contender.BARE, Contender.ASYNCLOOP, Contender.ASYNCLOOP_CLASS);

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
                double micros = TestRun.microsPerTest(suites.get(contender), CLASSES * TESTS_EACH)
                        .getFirst();
                if (round >= 0) {
                    rounds.get(contender).add(micros);
                }
            }
        }
        System.out.printf(
                "%n%,d empty tests in %d classes, median of %d rounds%n", CLASSES * TESTS_EACH, CLASSES, ROUNDS);
        System.out.printf("%-38s %12s %12s %10s%n", "", "us a test", "over bare", "x bare");
        double bare = median(rounds.get(Contender.BARE));
        rounds.forEach((contender, micros) -> System.out.printf(
                "%-38s %,12.1f %,12.1f %,10.1f%n",
                contender.title(), median(micros), median(micros) - bare, median(micros) / bare));
    }

    private static void lookForGrowth() {
        System.out.printf("%nus a test in the n-th thousand of one run, median of %d runs%n%-38s", ROUNDS, "");
        BLOCKS_SHOWN.forEach(block -> System.out.printf(" %7d.", block));
        System.out.println();
        for (Contender contender : WATCHED_FOR_GROWTH) {
            List<Class<?>> suite = List.of(EmptyTests.repeated(contender, BLOCK * BLOCKS));
            List<List<Double>> runs = new ArrayList<>();
            for (int run = 0; run < ROUNDS; run++) {
                runs.add(TestRun.microsPerTest(suite, BLOCK));
            }
            System.out.printf("%-38s", contender.title());
            for (int block : BLOCKS_SHOWN) {
                System.out.printf(
                        " %8.1f",
                        median(runs.stream().map(run -> run.get(block - 1)).toList()));
            }
            System.out.println();
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
