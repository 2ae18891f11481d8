package com.example

import dev.asyncloop.jupiter.AsyncLoopExtension
import dev.asyncloop.loop.EventLoop
import java.util.concurrent.locks.LockSupport
import kotlinx.coroutines.delay
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

@ExtendWith(AsyncLoopExtension::class)
class LeavesThings {
    @Test
    suspend fun task() {
        delay(1)
        EventLoop.running().createTask { LockSupport.park() }
    }
}

/** JUnit runs none of its tests. */
@ExtendWith(AsyncLoopExtension::class)
class LeavesThingsUnsaid {
    @Test
    fun price() = 1

    @Test
    suspend fun sum() = 2

    @Test
    fun runs() {}
}
