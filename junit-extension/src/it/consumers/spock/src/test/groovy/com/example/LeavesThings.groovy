package com.example

import dev.asyncloop.leak.Leaks
import dev.asyncloop.loop.EventLoop
import dev.asyncloop.loop.ThrowingRunnable
import java.util.concurrent.locks.LockSupport
import spock.lang.Specification

class LeavesThings extends Specification {

    def "a task is left"() {
        expect:
        Leaks.verifyNone("an order") {
            EventLoop.running().createTask({ LockSupport.park() } as ThrowingRunnable)
        }
    }
}
