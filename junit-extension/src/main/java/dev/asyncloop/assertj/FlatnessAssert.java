package dev.asyncloop.assertj;

import dev.asyncloop.leak.growth.Growth;
import dev.asyncloop.loop.ThrowingRunnable;
import java.util.function.BiFunction;

/** That there are not more and more of something. */
public final class FlatnessAssert {

    private final String what;
    private final BiFunction<Integer, ThrowingRunnable, Growth> growth;

    FlatnessAssert(String what, BiFunction<Integer, ThrowingRunnable, Growth> growth) {
        this.what = what;
        this.growth = growth;
    }

    /**
     * Runs {@code body} {@code times} times, counts, and runs it as often again: then there are no more than before. What
     * it makes once and keeps does not count, nor what is about to end. The whole process is counted, and so is what runs
     * at the same time. In a task, or on a thread that runs no loop.
     *
     * @throws AssertionError if there are more; it shows what the new ones are, and where they were created
     * @throws IllegalArgumentException if {@code times} is less than 1
     */
    public void stayFlatAcross(int times, ThrowingRunnable body) {
        Growth grown = growth.apply(times, body);
        if (!grown.more().isEmpty()) {
            throw new AssertionError("the number of " + what + " grew across " + times + (times == 1 ? " run" : " runs")
                    + " of the code:" + grown);
        }
    }
}
