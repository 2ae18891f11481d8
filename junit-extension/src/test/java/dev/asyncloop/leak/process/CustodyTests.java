package dev.asyncloop.leak.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.detect.Leftovers;
import dev.asyncloop.leak.detect.Surroundings;
import dev.asyncloop.leak.holders.Question;
import dev.asyncloop.leak.leftovers.BegunLeftovers;
import dev.asyncloop.leak.subject.Holder;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.ThrowingRunnable;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.ThreadOrigins;
import dev.asyncloop.testing.LeftOpen;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is held is given to its holder before it is waited for; the rest is waited for, and found. */
@Timeout(60)
class CustodyTests {

    @RegisterExtension
    static final LeftOpen HOOKS = new LeftOpen();

    private final Owner owner = Owner.named("test");
    private final Owner ofClass = Owner.named("class");
    private final EventLoop loop = EventLoop.create(LoopOptions.defaults().owner(owner));
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Long> pauses = new ArrayList<>();
    private final List<Leak> found = new ArrayList<>();

    /** How long the last search took. */
    private long millis;

    static class OfClass {
        static @Nullable Object kept;

        @Nullable
        Object field;
    }

    static class OfRun {
        static @Nullable Object kept;
    }

    @AfterEach
    void end_all() {
        OfClass.kept = null;
        OfRun.kept = null;
        end.countDown();
        loop.close();
        ThreadOrigins.settle(owner);
        ThreadOrigins.settle(ofClass);
    }

    private record Known(@Nullable Class<?> type, List<Object> ending) implements Surroundings {}

    /** What is found for {@code account}. Returns what it was found that the run keeps. */
    private List<Leak> find(Owner account, Predicate<Leak> known, Object... ending) {
        pauses.clear();
        found.clear();
        long start = System.nanoTime();
        Question.Place ofTest = new Question.Place(owner, new Known(null, List.of(ending)));
        Question.Place around = new Question.Place(ofClass, new Known(OfClass.class, List.of()));
        Custody custody = new Custody(account, account == owner ? List.of(ofTest, around) : List.of(around));
        new LeftBehind(
                        List.of(new BegunLeftovers(account, List.of())),
                        custody,
                        known,
                        (left, leak) -> found.add(leak),
                        pause -> {
                            pauses.add(pause);
                            Thread.sleep(pause);
                        })
                .find();
        millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return custody.kept();
    }

    private List<Leak> find(Object... ending) {
        return find(owner, leak -> false, ending);
    }

    private long waited() {
        return pauses.stream().mapToLong(Long::longValue).sum();
    }

    private void leave(ThrowingRunnable body) {
        loop.runUntilComplete(body);
    }

    private Thread startWaiting() {
        return Thread.ofPlatform().daemon().start(this::waitForEnd);
    }

    private void waitForEnd() {
        while (end.getCount() > 0) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Test
    void what_the_run_keeps_is_nobodys_and_hardly_waited_for() {
        leave(() -> OfRun.kept = startWaiting());
        List<Leak> kept = find();
        assertThat(found).isEmpty();
        assertThat(kept).singleElement().satisfies(leak -> {
            assertThat(leak.kind()).isEqualTo(LeakKind.PLATFORM_THREAD);
            assertThat(leak.held()).isInstanceOf(Holder.Path.class);
        });
        assertThat(waited()).isLessThanOrEqualTo(40);
        OfRun.kept = null;
        assertThat(find()).as("once it is kept it stays so").isEmpty();
        assertThat(found).isEmpty();
    }

    @Test
    void what_the_class_keeps_is_judged_with_the_class() {
        leave(() -> OfClass.kept = startWaiting());
        assertThat(find()).isEmpty();
        assertThat(found).isEmpty();
        assertThat(waited()).isLessThanOrEqualTo(40);
        find(ofClass, leak -> false);
        assertThat(found)
                .singleElement()
                .satisfies(leak -> assertThat(leak.held())
                        .isInstanceOfSatisfying(
                                Holder.Path.class,
                                path -> assertThat(path.root().member()).isEqualTo("kept")));
    }

    @Test
    void what_an_executor_does_that_is_given_away_is_its_holders() throws Exception {
        leave(() -> OfClass.kept = Executors.newFixedThreadPool(1));
        find();
        ExecutorService pool = (ExecutorService) OfClass.kept;
        Thread late = pool.submit(() -> startWaiting()).get();
        find();
        assertThat(found).isEmpty();
        find(ofClass, leak -> false);
        assertThat(found).extracting(Leak::kind).contains(LeakKind.EXECUTOR, LeakKind.PLATFORM_THREAD);
        end.countDown();
        late.join();
        pool.close();
    }

    @Test
    void what_nobody_else_keeps_is_the_tests_with_the_field_that_has_it() {
        OfClass instance = new OfClass();
        leave(() -> instance.field = Executors.newFixedThreadPool(1));
        OfRun.kept = List.of(instance);
        assertThat(find(instance)).isEmpty();
        assertThat(found)
                .singleElement()
                .satisfies(leak -> assertThat(leak.held())
                        .isInstanceOfSatisfying(
                                Holder.Path.class,
                                path -> assertThat(path.root().kind()).isEqualTo(Holder.Root.Kind.INSTANCE)));
        ((ExecutorService) instance.field).close();
    }

    @Test
    void what_is_known_is_neither_waited_for_nor_asked() {
        leave(() -> OfRun.kept = startWaiting());
        assertThat(find(owner, leak -> true)).isEmpty();
        assertThat(found)
                .singleElement()
                .satisfies(leak -> assertThat(leak.held()).isNull());
        assertThat(pauses).isEmpty();
    }

    @Test
    void what_is_like_something_waited_for_in_vain_is_waited_for_shortly() {
        for (int i = 0; i < 2; i++) {
            leave(() -> startWaiting()); // a stack of its own
            find();
            assertThat(found).hasSize(1);
            if (i == 0) {
                assertThat(millis).isGreaterThan(900);
            } else {
                assertThat(waited()).isLessThan(60);
            }
            ThreadOrigins.settle(owner);
        }
    }

    /** Garbage that its cleaner closes once it was waited for so many milliseconds. */
    private final class Garbage implements Leftover {

        private final Leak leak;
        private final long closedAfter;

        Garbage(Leak leak, long closedAfter) {
            this.leak = leak;
            this.closedAfter = closedAfter;
        }

        @Override
        public Leak leak() {
            return leak;
        }

        @Override
        public Object identity() {
            return this;
        }

        @Override
        public boolean isThere() {
            return waited() < closedAfter;
        }

        @Override
        public boolean mayEnd() {
            return true;
        }

        @Override
        public boolean isUnreachable() {
            return true;
        }
    }

    @Test
    void garbage_has_its_time_to_be_closed_though_none_is_left_for_what_is_like_it() {
        Leak leak = new Leak(LeakKind.FILE_DESCRIPTOR, "file", List.of(), List.of(), "close it");
        Custody custody = new Custody(owner, List.of());
        custody.waits().spend(List.of(leak), 60_000);
        assertThat(foundOf(custody, new Garbage(leak, 100))).isEmpty();
        for (int i = 0; i < 20; i++) {
            assertThat(foundOf(custody, new Garbage(leak, 10_000))).hasSize(1);
        }
        assertThat(waited()).as("the last of those that nobody closes").isLessThan(60);
    }

    private List<Leak> foundOf(Custody custody, Garbage garbage) {
        pauses.clear();
        found.clear();
        Leftovers search = new Leftovers() {
            @Override
            public List<Leftover> now() {
                return garbage.isThere() ? List.of(garbage) : List.of();
            }

            @Override
            public List<Leftover> whole(List<Leftover> left) {
                return left;
            }
        };
        new LeftBehind(List.of(search), custody, each -> false, (left, each) -> found.add(each), pause -> {
                    pauses.add(pause);
                    Thread.sleep(pause);
                })
                .find();
        return found;
    }

    @Test
    void an_interrupt_does_not_shorten_the_wait_and_stays() {
        leave(() -> startWaiting()); // a stack of its own
        Thread.currentThread().interrupt();
        find();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(found).hasSize(1);
        assertThat(millis).isGreaterThan(900);
    }

    @Test
    void what_appears_while_others_are_waited_for_gets_its_time_as_well() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch third = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        leave(() -> Thread.ofPlatform().name("first").daemon().start(() -> {
            await(second);
            Thread.ofPlatform().name("late").daemon().start(() -> await(third));
            started.countDown();
            waitForEnd();
        }));
        List<Long> beginnings = new ArrayList<>();
        LeftBehind.of(owner, new BegunLeftovers(owner, List.of()), (left, leak) -> found.add(leak), millis -> {
            if (millis == 1) {
                beginnings.add(millis); // each wait begins with one
            }
            if (beginnings.size() == 2) {
                second.countDown();
                started.await();
            } else if (beginnings.size() == 3) {
                third.countDown();
            }
            Thread.sleep(millis);
        });
        third.countDown();
        assertThat(beginnings).hasSize(3);
        assertThat(found)
                .singleElement()
                .satisfies(leak -> assertThat(leak.what()).contains("\"first\""));
    }

    private static void await(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            LockSupport.parkNanos(1_000_000);
            open = latch.getCount() == 0;
        }
    }
}
