package dev.asyncloop.samples.bench.loop;

import java.util.concurrent.locks.LockSupport;

/** Two virtual threads on one carrier that wake each other: {@link Work#OPERATIONS} switches. */
final class ParkGame {

    private boolean pingsTurn = true;

    /** On the first of the two, which starts the second beside itself. */
    void play() {
        Thread ping = Thread.currentThread();
        Thread pong = Thread.startVirtualThread(() -> play(ping, false));
        play(pong, true);
        BareThreadBenchmarks.join(pong);
    }

    private void play(Thread other, boolean ping) {
        for (int i = 0; i < Work.OPERATIONS / 2; i++) {
            while (pingsTurn != ping) {
                LockSupport.park(this);
            }
            pingsTurn = !ping;
            LockSupport.unpark(other);
        }
    }
}
