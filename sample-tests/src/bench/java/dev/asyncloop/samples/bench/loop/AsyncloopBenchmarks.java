package dev.asyncloop.samples.bench.loop;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopFuture;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.loop.Task;
import dev.asyncloop.origin.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What our event loop does all the time. */
@State(Scope.Thread)
@OperationsPerInvocation(Work.OPERATIONS)
public class AsyncloopBenchmarks {

    private final EventLoop loop = EventLoop.create();

    /** A loop as the extension makes it. */
    private final EventLoop owned = EventLoop.create(LoopOptions.defaults().owner(Owner.named("benchmark")));

    private final Producers producers = new Producers();

    @TearDown
    public void close() {
        producers.close();
        loop.close();
        owned.close();
    }

    @Benchmark
    public void callSoonTurn() {
        LoopFuture<Void> done = loop.createFuture();
        loop.callSoon(new Countdown(Work.OPERATIONS, loop::callSoon, () -> done.complete(null)));
        loop.runUntilComplete(done);
    }

    @Benchmark
    public void switchByYield() {
        loop.runUntilComplete(() -> {
            Task<Void> other = loop.createTask(AsyncloopBenchmarks::yieldHalfOfTheTime);
            yieldHalfOfTheTime();
            other.await();
        });
    }

    private static void yieldHalfOfTheTime() {
        for (int i = 0; i < Work.OPERATIONS / 2; i++) {
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @Benchmark
    public void switchByAwait() {
        loop.runUntilComplete(() -> {
            FutureGame game = new FutureGame(loop);
            Task<Void> other = loop.createTask(() -> game.play(Work.OPERATIONS / 2));
            game.play(Work.OPERATIONS / 2);
            other.await();
        });
    }

    private static final class FutureGame {

        private final EventLoop loop;
        private LoopFuture<Void> ball;

        FutureGame(EventLoop loop) {
            this.loop = loop;
            this.ball = loop.createFuture();
        }

        /** Gives the ball to the other side and waits until it is back. */
        void play(int times) {
            for (int i = 0; i < times; i++) {
                LoopFuture<Void> received = ball;
                ball = loop.createFuture();
                received.complete(null);
                if (i < times - 1) {
                    ball.await();
                }
            }
        }
    }

    @Benchmark
    public void switchByPark() {
        loop.runUntilComplete(() -> new ParkGame().play());
    }

    @Benchmark
    public void switchByQueue() {
        loop.runUntilComplete(() -> new QueueGame().play());
    }

    @Benchmark
    public void spawn() {
        spawnOn(loop);
    }

    @Benchmark
    public void spawnOwned() {
        spawnOn(owned);
    }

    private static void spawnOn(EventLoop loop) {
        loop.runUntilComplete(() -> {
            for (int i = 0; i < Work.OPERATIONS / Work.BATCH; i++) {
                for (int j = 1; j < Work.BATCH; j++) {
                    loop.createTask(() -> {});
                }
                loop.createTask(() -> {}).await();
            }
        });
    }

    /** A virtual thread that code under test starts on the loop. */
    @Benchmark
    public void spawnThread() {
        loop.runUntilComplete(BareThreadBenchmarks::spawnThreads);
    }

    @Benchmark
    @OperationsPerInvocation(Work.GATHERED)
    public List<Integer> gather() {
        return loop.runUntilComplete(() -> {
            List<Task<Integer>> tasks = new ArrayList<>(Work.GATHERED);
            for (int i = 0; i < Work.GATHERED; i++) {
                int result = i;
                tasks.add(loop.createTask(() -> result));
            }
            return Asyncio.<Integer>gather(tasks).await();
        });
    }

    @Benchmark
    public void threadsafe1() {
        callFrom(1);
    }

    @Benchmark
    public void threadsafe2() {
        callFrom(2);
    }

    @Benchmark
    public void threadsafe8() {
        callFrom(8);
    }

    private void callFrom(int threads) {
        LoopFuture<Void> done = loop.createFuture();
        Countdown call = new Countdown(Work.OPERATIONS, next -> {}, () -> done.complete(null));
        loop.callSoon(() -> producers.start(threads, () -> loop.callSoonThreadsafe(call)));
        loop.runUntilComplete(done);
    }

    @Benchmark
    @OperationsPerInvocation(1)
    public void createAndClose() {
        EventLoop.create().close();
    }

    @Benchmark
    @OperationsPerInvocation(1)
    public void createRunAndClose() {
        try (EventLoop created = EventLoop.create()) {
            created.runUntilComplete(() -> {});
        }
    }
}
