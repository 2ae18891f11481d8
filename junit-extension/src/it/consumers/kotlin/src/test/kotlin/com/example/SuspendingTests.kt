package com.example

import dev.asyncloop.jupiter.AsyncLoopExtension
import dev.asyncloop.loop.EventLoop
import kotlin.time.Duration.Companion.hours
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

/** Functions run on the loop of the test, whether they suspend or not. */
@ExtendWith(AsyncLoopExtension::class)
class SuspendingTests {
    private lateinit var before: EventLoop

    @BeforeEach
    suspend fun is_on_the_loop() {
        delay(1)
        before = EventLoop.running()
    }

    // tag::suspending[]
    @Test
    suspend fun charges_while_it_ships(loop: EventLoop) = coroutineScope {
        val charged = loop.createTask<Int> { 7 } // a task of the loop
        val shipped = async { delay(1); "apple" } // a coroutine of the test's own dispatcher, on the same loop
        assertEquals("apple", shipped.await())
        assertEquals(7, charged.await())
    }

    @Test
    fun expires_in_virtual_time() = runTest { // kotlinx's clock; the test waits for no hour
        delay(1.hours)
    } // what outlives it, on any thread, is found as ever
    // end::suspending[]

    @Test
    suspend fun has_one_loop(loop: EventLoop) {
        assertSame(loop, EventLoop.running())
        assertSame(loop, before)
    }
}
