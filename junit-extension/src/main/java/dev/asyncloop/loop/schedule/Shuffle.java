package dev.asyncloop.loop.schedule;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.Schedule;
import dev.asyncloop.loop.core.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Puts the steps of a turn into a random order that is as valid as the usual one. Loop thread only. */
public final class Shuffle implements Schedule {

    /** The numbers of {@code Random} are specified, so that a seed means the same on every JDK. */
    private final Random random;

    /** A shuffle that {@code seed} determines. */
    public Shuffle(long seed) {
        random = new Random(seed);
    }

    /** Puts the tasks in any order, anywhere between the callbacks. The callbacks keep their order. */
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

    /** Takes one out in constant time: the last one takes its place. */
    private static Step take(List<Step> tasks, int index) {
        Step last = tasks.remove(tasks.size() - 1);
        return index == tasks.size() ? last : tasks.set(index, last);
    }
}
