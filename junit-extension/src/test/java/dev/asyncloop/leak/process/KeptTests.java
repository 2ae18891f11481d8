package dev.asyncloop.leak.process;

import static dev.asyncloop.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.leftovers.BegunLeftovers;
import dev.asyncloop.leak.subject.Holder.Root;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.ThrowingRunnable;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.ThreadOrigins;
import dev.asyncloop.testing.LeftOpen;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A root is told of at the end of the run if it keeps ten things of ten tests that are still there. */
@Timeout(60)
class KeptTests {

    @RegisterExtension
    static final LeftOpen HOOKS = new LeftOpen();

    private static final Root ROOT = new Root(Root.Kind.STATIC, "com.example.Client", "shared");

    private final List<Owner> owners = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @BeforeEach
    void forget_others() {
        Kept.take();
    }

    @AfterEach
    void end_all() throws InterruptedException {
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        owners.forEach(ThreadOrigins::settle);
        Kept.take();
    }

    private Owner test(int number) {
        Owner owner = Owner.named("test" + number);
        owners.add(owner);
        return owner;
    }

    /** That test makes something, which the root is found to keep. */
    private void keep(Owner owner, Root root, ThrowingRunnable makes) {
        try (EventLoop loop = EventLoop.create(LoopOptions.defaults().owner(owner))) {
            loop.runUntilComplete(makes);
        }
        List<Leftover> left = new BegunLeftovers(owner, List.of()).now();
        assertThat(left).hasSize(1);
        Kept.note(owner, left.getFirst(), left.getFirst().leak().kind(), root);
        ThreadOrigins.settle(owner);
    }

    private void keepThread(int test, Root root) {
        keep(test(test), root, () -> threads.add(Thread.ofPlatform().daemon().start(this::waitForEnd)));
    }

    private void waitForEnd() {
        while (end.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void ten_things_of_ten_tests_are_worth_a_line() {
        for (int i = 0; i < 10; i++) {
            keepThread(i, ROOT);
        }
        keepThread(9, ROOT);
        assertThat(Kept.take()).containsExactly(new Kept.Collector(ROOT, LeakKind.PLATFORM_THREAD, 11, 10));
        assertThat(Kept.take()).as("it is told once").isEmpty();
    }

    @Test
    void nine_are_not_nor_ten_of_nine_tests_nor_of_two_roots() {
        for (int i = 0; i < 9; i++) {
            keepThread(i, ROOT);
        }
        keepThread(8, ROOT);
        keepThread(10, new Root(Root.Kind.STATIC, "com.example.Client", "other"));
        assertThat(Kept.take()).isEmpty();
    }

    @Test
    void what_has_ended_does_not_count() throws Exception {
        for (int i = 0; i < 9; i++) {
            keepThread(i, ROOT);
        }
        CountDownLatch endOfLast = new CountDownLatch(1);
        List<Thread> last = new ArrayList<>();
        keep(
                test(9),
                ROOT,
                () -> last.add(Thread.ofPlatform().start(() -> {
                    while (endOfLast.getCount() > 0) {
                        LockSupport.parkNanos(1_000_000);
                    }
                })));
        endOfLast.countDown();
        last.getFirst().join();
        assertThat(Kept.take()).isEmpty();
    }

    @Test
    void nothing_is_kept_alive_by_being_counted() {
        List<WeakReference<Object>> executors = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            keep(test(i), ROOT, () -> executors.add(new WeakReference<>(Executors.newCachedThreadPool())));
        }
        eventually("they are garbage", () -> {
            System.gc();
            return executors.stream().allMatch(each -> each.refersTo(null));
        });
        assertThat(Kept.take()).isEmpty();
    }
}
