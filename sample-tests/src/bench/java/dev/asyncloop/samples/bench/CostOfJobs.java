package dev.asyncloop.samples.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a job costs that is given to a pool: in a JVM that was not edited, while nobody's account is open, and in the account of a
 * test. The giver's and the worker's part are one figure.
 *
 * <p>Each figure is the least of several rounds and JVMs, which take turns: a disturbance of the machine only ever adds.
 */
final class CostOfJobs {

    private static final int TURNS = 3;

    private CostOfJobs() {}

    public static void main(String[] arguments) {
        Map<String, Double> bare = new LinkedHashMap<>();
        Map<String, Double> nobody = new LinkedHashMap<>();
        Map<String, Double> owner = new LinkedHashMap<>();
        for (int turn = 0; turn < TURNS; turn++) {
            OtherJvm.run(bare, OtherJvm.withoutAgent(), JobProgram.class, "bare");
            OtherJvm.run(nobody, OtherJvm.options(), JobProgram.class, "nobody");
            OtherJvm.run(owner, OtherJvm.options(), JobProgram.class, "owner");
        }
        System.out.printf("%n%-48s %8s %12s %12s%n", "nanoseconds a job", "bare", "nobody: more", "owner: more");
        bare.forEach((what, value) -> System.out.printf(
                "%-48s %,8.0f %,12.0f %,12.0f%n", what, value, nobody.get(what) - value, owner.get(what) - value));
    }
}
