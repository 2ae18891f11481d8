package dev.asyncloop.samples.bench.loop;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The same by kotlinx-coroutines on the loop of {@code runBlocking}; the work itself is in {@code Coroutines.kt}. */
@State(Scope.Thread)
@OperationsPerInvocation(Work.OPERATIONS)
public class CoroutineBenchmarks {

    private final Producers producers = new Producers();

    @TearDown
    public void close() {
        producers.close();
    }

    @Benchmark
    public void callSoonTurn() {
        Coroutines.callSoonTurns(Work.OPERATIONS);
    }

    @Benchmark
    public void switchByYield() {
        Coroutines.switchByYield(Work.OPERATIONS);
    }

    @Benchmark
    public void switchByAwait() {
        Coroutines.switchByAwait(Work.OPERATIONS);
    }

    @Benchmark
    public void switchByQueue() {
        Coroutines.switchByChannel(Work.OPERATIONS);
    }

    @Benchmark
    public void spawn() {
        Coroutines.spawn(Work.OPERATIONS / Work.BATCH, Work.BATCH);
    }

    @Benchmark
    @OperationsPerInvocation(Work.GATHERED)
    public Object gather() {
        return Coroutines.gather(Work.GATHERED);
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
        Coroutines.threadsafe(Work.OPERATIONS, call -> producers.start(threads, call));
    }

    @Benchmark
    @OperationsPerInvocation(1)
    public void createRunAndClose() {
        Coroutines.runNothing();
    }
}
