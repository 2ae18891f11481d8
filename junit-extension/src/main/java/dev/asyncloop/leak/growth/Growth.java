package dev.asyncloop.leak.growth;

import dev.asyncloop.jdk.JdkThreads;
import dev.asyncloop.jdk.Sneaky;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakError;
import dev.asyncloop.leak.descriptors.DescriptorSnapshot;
import dev.asyncloop.leak.descriptors.LiveThreads;
import dev.asyncloop.leak.descriptors.ProcessDescriptors;
import dev.asyncloop.leak.detect.LoopLeftovers;
import dev.asyncloop.leak.detect.Patience;
import dev.asyncloop.leak.detect.PendingTasks;
import dev.asyncloop.leak.detect.RealTime;
import dev.asyncloop.leak.leftovers.LeftoverThread;
import dev.asyncloop.leak.text.Folding;
import dev.asyncloop.leak.text.Hint;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.ThrowingRunnable;
import dev.asyncloop.loop.snapshot.TaskSnapshot;
import dev.asyncloop.registers.ThreadOrigins;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a piece of code leaves more of each time it runs. The code runs twice as often as asked, and only the second
 * half counts: by then it has made what it makes once and keeps, such as a pool or a cache. What is about to end gets
 * half a second to do so. The whole process is counted, and so is what runs at the same time.
 *
 * <p>Called in a task, or on a thread that runs no loop.
 */
public final class Growth {

    static {
        // starts the JDK's thread for timers, which our own waiting would otherwise start between two counts
        RealTime.of(0);
    }

    private final List<Leak> more;

    private Growth(List<Leak> more) {
        this.more = List.copyOf(more);
    }

    /**
     * Counts the open descriptors across {@code times} runs. Throws what {@code body} throws.
     *
     * @throws IllegalStateException if they cannot be read
     * @throws IllegalArgumentException if {@code times} is less than 1
     */
    public static Growth ofDescriptors(int times, ThrowingRunnable body) {
        ProcessDescriptors.INSTANCE.unavailableReason().ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        return between(times, body, () -> {
            DescriptorSnapshot before = ProcessDescriptors.INSTANCE.snapshot();
            return () -> ProcessDescriptors.INSTANCE.moreThan(before, Growth::pause);
        });
    }

    /**
     * Counts the live platform threads, without those of the JVM and of the common pool. Throws what {@code body}
     * throws.
     *
     * @throws IllegalArgumentException if {@code times} is less than 1
     */
    public static Growth ofThreads(int times, ThrowingRunnable body) {
        return between(times, body, () -> {
            Set<Thread> before = threads();
            return () -> moreThreads(before);
        });
    }

    /**
     * Counts the pending tasks of the running loop, without background tasks. Throws what {@code body} throws.
     *
     * @throws IllegalStateException outside of a loop
     * @throws IllegalArgumentException if {@code times} is less than 1
     */
    public static Growth ofTasks(int times, ThrowingRunnable body) {
        EventLoop loop = EventLoop.running();
        return between(times, body, () -> {
            Set<Long> before = tasks(loop).stream().map(TaskSnapshot::number).collect(Collectors.toSet());
            return () -> moreTasks(loop, before);
        });
    }

    /** The new ones, as leaks, if there are more than before; else empty. */
    public List<Leak> more() {
        return more;
    }

    /** The entries of a message, as in that of a {@link LeakError}. */
    @Override
    public String toString() {
        return more.isEmpty() ? "nothing" : new Folding(more).text() + Hint.lines(more);
    }

    /** {@code counting} counts, and returns a supplier of what has been added since. */
    private static Growth between(int times, ThrowingRunnable body, Supplier<Supplier<List<Leak>>> counting) {
        if (times < 1) {
            throw new IllegalArgumentException("the number of runs must be at least 1: " + times);
        }
        repeat(times, body);
        Supplier<List<Leak>> more = counting.get();
        repeat(times, body);
        return new Growth(more.get());
    }

    private static void repeat(int times, ThrowingRunnable body) {
        try {
            for (int i = 0; i < times; i++) {
                body.run();
            }
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    private static Set<Thread> threads() {
        return LiveThreads.all().filter(Growth::counts).collect(Collectors.toSet());
    }

    private static boolean counts(Thread thread) {
        return !JdkThreads.isShared(thread) && thread.isAlive(); // last: a thread that ends is in no group
    }

    private static List<Leak> moreThreads(Set<Thread> before) {
        Patience patience = new Patience(Growth::pause);
        patience.waitWhile(() -> threads().size() > before.size(), Patience.MILLIS, 1);
        patience.end();
        Set<Thread> now = threads();
        return now.size() <= before.size()
                ? List.of()
                : now.stream()
                        .filter(thread -> !before.contains(thread))
                        .map(thread -> new LeftoverThread(thread, ThreadOrigins.of(thread), false).leak())
                        .toList();
    }

    private static List<TaskSnapshot> tasks(EventLoop loop) {
        return loop.snapshot().tasks().stream()
                .filter(task -> !task.background())
                .toList();
    }

    private static List<Leak> moreTasks(EventLoop loop, Set<Long> before) {
        List<TaskSnapshot> now = tasks(loop);
        for (int turn = 0; now.size() > before.size() && turn < LoopLeftovers.SETTLING_TURNS; turn++) {
            Asyncio.sleep(Duration.ZERO);
            now = tasks(loop);
        }
        return now.size() <= before.size()
                ? List.of()
                : now.stream()
                        .filter(task -> !before.contains(task.number()))
                        .map(task -> PendingTasks.leak(task, null))
                        .toList();
    }

    /** Lets real time pass, whatever the loop's clock. In a task, the loop runs meanwhile. */
    private static void pause(long millis) throws InterruptedException {
        try {
            RealTime.of(millis).get();
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
