package dev.asyncloop.loop.schedule;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.Schedule;
import dev.asyncloop.loop.core.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Puts the steps of a turn into another order that is as good. Loop thread only. */
final class Shuffle implements Schedule {

    /** Whose numbers are specified, so that a seed means the same on every JDK. */
    private final Random random;

    Shuffle(long seed) {
        random = new Random(seed);
    }

    /** Any order of the tasks, anywhere between the callbacks, which keep theirs. */
    @Override
    public void arrange(ArrayDeque<Step> turn) {
        List<Step> tasks = new ArrayList<>();
        List<Step> callbacks = new ArrayList<>();
        for (Step step : turn) {
            (step instanceof Coroutine ? tasks : callbacks).add(step);
        }
        if (tasks.isEmpty() || turn.size() == 1) {
            return;
        }
        int called = 0;
        for (int left = turn.size(); left > 0; left--) {
            turn.removeFirst();
            int chosen = random.nextInt(left);
            turn.addLast(chosen < tasks.size() ? take(tasks, chosen) : callbacks.get(called++));
        }
    }

    /** In constant time: the last takes its place. */
    private static Step take(List<Step> tasks, int index) {
        Step last = tasks.remove(tasks.size() - 1);
        return index == tasks.size() ? last : tasks.set(index, last);
    }
}
