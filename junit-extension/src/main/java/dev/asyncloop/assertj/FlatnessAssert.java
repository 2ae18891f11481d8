package dev.asyncloop.assertj;

import dev.asyncloop.leak.growth.Growth;
import dev.asyncloop.loop.ThrowingRunnable;
import java.util.function.BiFunction;

/** An assertion that the number of something does not grow. */
public final class FlatnessAssert {

    private final String what;
    private final BiFunction<Integer, ThrowingRunnable, Growth> growth;

    FlatnessAssert(String what, BiFunction<Integer, ThrowingRunnable, Growth> growth) {
        this.what = what;
        this.growth = growth;
    }

    /**
     * Runs {@code body} {@code times} times, counts, runs it as often again, and asserts that the count has not grown.
     * So nothing counts that the body makes once and keeps, and nothing that is about to end. The whole process is
     * counted, with whatever else runs at the same time. In a task, or on a thread that runs no loop.
     *
     * @throws AssertionError if the count has grown; the message shows the new ones and where they were created
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
