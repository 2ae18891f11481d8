package dev.asyncloop.samples.bench.loop;

import io.netty.channel.DefaultEventLoop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The same by Netty's loop without I/O, as far as it has it: it runs callbacks only, on a thread of its own. */
@State(Scope.Thread)
@OperationsPerInvocation(Work.OPERATIONS)
public class NettyBenchmarks {

    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final Producers producers = new Producers();

    @TearDown
    public void close() {
        producers.close();
        shutDown(loop);
    }

    private static void shutDown(DefaultEventLoop loop) {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Benchmark
    public void callSoonTurn() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(new Countdown(Work.OPERATIONS, loop::execute, done::countDown));
        done.await();
    }

    @Benchmark
    public void threadsafe1() throws InterruptedException {
        callFrom(1);
    }

    @Benchmark
    public void threadsafe2() throws InterruptedException {
        callFrom(2);
    }

    @Benchmark
    public void threadsafe8() throws InterruptedException {
        callFrom(8);
    }

    private void callFrom(int threads) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Countdown call = new Countdown(Work.OPERATIONS, next -> {}, done::countDown);
        producers.start(threads, () -> loop.execute(call));
        done.await();
    }

    /** It starts its thread to end it. */
    @Benchmark
    @OperationsPerInvocation(1)
    public void createAndClose() {
        shutDown(new DefaultEventLoop());
    }
}
