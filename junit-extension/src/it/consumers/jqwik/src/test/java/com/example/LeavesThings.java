package com.example;

import dev.asyncloop.leak.Leaks;
import dev.asyncloop.loop.EventLoop;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.Property;

class LeavesThings {

    @Property(tries = 1)
    void task() {
        Leaks.verifyNone("an order", () -> EventLoop.running().createTask(() -> LockSupport.park()));
    }
}
