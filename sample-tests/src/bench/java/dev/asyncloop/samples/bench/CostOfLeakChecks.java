package dev.asyncloop.samples.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the hooks cost where something is opened or started, beside the same work in a JVM that has the same options and whose JDK was
 * not edited; and what the first test costs at the start, beside one that bare Jupiter runs.
 *
 * <p>Each figure is the least of several, for both: a disturbance of the machine only ever adds.
 */
final class CostOfLeakChecks {

    private static final int STARTS = 20;

    private CostOfLeakChecks() {}

    public static void main(String[] arguments) {
        Map<String, Double> bare = new LinkedHashMap<>();
        Map<String, Double> watched = new LinkedHashMap<>();
        OtherJvm.run(bare, OtherJvm.options(), LeakCheckProgram.class, "bare");
        OtherJvm.run(watched, OtherJvm.options(), LeakCheckProgram.class, "watched");
        System.out.printf("%n%-44s %12s %12s %12s%n", "", "bare", "watched", "more");
        bare.forEach((what, value) -> System.out.printf(
                "%-44s %,12.2f %,12.2f %,12.2f%n", what, value, watched.get(what), watched.get(what) - value));
        starts();
    }

    /** They take turns, since the machine is slower at some times than at others. */
    private static void starts() {
        double bare = Double.MAX_VALUE;
        double agent = Double.MAX_VALUE;
        double attached = Double.MAX_VALUE;
        for (int i = 0; i < STARTS; i++) {
            bare = Math.min(bare, start(OtherJvm.withoutAgent(), "empty test"));
            agent = Math.min(agent, start(OtherJvm.options(), "empty test on a loop"));
            attached = Math.min(attached, start(attaching(), "empty test on a loop"));
        }
        System.out.printf("%n%-44s %12s %12s%n", "a JVM runs one empty test, milliseconds", "", "more");
        System.out.printf("%-44s %,12.0f%n", "bare Jupiter", bare);
        report("asyncloop, with -javaagent", agent, bare);
        report("asyncloop, attached to itself", attached, bare);
    }

    private static void report(String what, double total, double empty) {
        System.out.printf("%-44s %,12.0f %,12.0f%n", what, total, total - empty);
    }

    private static List<String> attaching() {
        List<String> options = new ArrayList<>(OtherJvm.withoutAgent());
        options.add("-XX:+EnableDynamicAgentLoading");
        return options;
    }

    private static double start(List<String> options, String what) {
        long from = System.nanoTime();
        OtherJvm.run(new LinkedHashMap<>(), options, LeakCheckProgram.class, what);
        return (System.nanoTime() - from) / 1e6;
    }
}
