package dev.asyncloop.samples.hangs;

import java.util.concurrent.locks.ReentrantLock;

/** Has money, some of which goes to other accounts. */
final class Account {

    private final ReentrantLock lock = new ReentrantLock();
    private int cents;

    Account(int cents) {
        this.cents = cents;
    }

    // tag::transfer[]
    void transfer(int amount, Account to) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Thread.yield(); // a real one would write to its journal, and suspend there
            to.lock.lockInterruptibly();
            try {
                cents -= amount;
                to.cents += amount;
            } finally {
                to.lock.unlock();
            }
        } finally {
            lock.unlock();
        }
    }
    // end::transfer[]

    int cents() {
        return cents;
    }
}
