package dev.asyncloop.samples.bench.loop;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import java.time.Duration;

/**
 * What a switch costs where 10, 100, … a million tasks all run in turn. No loop can keep their stacks in the processor's cache: the
 * JDK's own virtual threads show what that costs.
 */
final class Ring {

    private static final int WARM_UP_ROUNDS = 5;
    private static final int ROUNDS = 3;
    private static final int SWITCHES = 300_000;

    private final Contender contender;

    private Ring(Contender contender) {
        this.contender = contender;
    }

    static String key(int size) {
        return "ring." + size;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Contender contender = Contender.valueOf(arguments[0]);
        Ring ring = new Ring(contender);
        if (contender == Contender.ASYNCLOOP) {
            try (EventLoop loop = EventLoop.create()) {
                loop.runUntilComplete(ring::measure);
            }
        } else {
            Thread.startVirtualThread(ring::measure).join();
        }
    }

    private void measure() {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            switchNanos(Curve.SIZES.getFirst());
        }
        for (int size : Curve.SIZES) {
            System.gc();
            Program.report(contender, key(size), switchNanos(size));
        }
    }

    private double switchNanos(int size) {
        int turns = Math.max(1, SWITCHES / size);
        for (int i = 1; i < size; i++) {
            start(() -> passOn(ROUNDS * turns + 1));
        }
        passOn(1); // by now all have begun
        double least = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            passOn(turns);
            least = Math.min(least, (System.nanoTime() - start) / (double) turns / size);
        }
        passOn(2); // by now all have ended
        return least;
    }

    private void start(Runnable body) {
        if (contender == Contender.ASYNCLOOP) {
            EventLoop.running().createTask(body::run);
        } else {
            Thread.startVirtualThread(body);
        }
    }

    /** One turn each time: the others run, and then this one again. */
    private void passOn(int times) {
        for (int i = 0; i < times; i++) {
            if (contender == Contender.ASYNCLOOP) {
                Asyncio.sleep(Duration.ZERO);
            } else {
                Thread.yield();
            }
        }
    }
}
