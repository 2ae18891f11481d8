@file:JvmName("Coroutines")

package dev.asyncloop.samples.bench.loop

import java.util.concurrent.TimeUnit
import java.util.function.Consumer
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.EmptyCoroutineContext
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield

// What kotlinx-coroutines' CoroutineBenchmarks and Sleepers do, on the loop that runBlocking runs on the calling thread.

private val CoroutineScope.loop
    get() = coroutineContext[ContinuationInterceptor] as CoroutineDispatcher

/** A callback that asks for the next turn. */
fun callSoonTurns(count: Int) = runBlocking {
    val loop = loop
    val done = Job()
    loop.dispatch(
        EmptyCoroutineContext,
        Countdown(count, { next -> loop.dispatch(EmptyCoroutineContext, next) }, { done.complete() }),
    )
    done.join()
}

/** Two coroutines that let each other run. */
fun switchByYield(switches: Int) = runBlocking {
    launch { repeat(switches / 2) { yield() } }
    repeat(switches / 2) { yield() }
}

/** Two coroutines, each of which completes what the other awaits. */
fun switchByAwait(switches: Int) = runBlocking {
    val game = FutureGame()
    launch { game.play(switches / 2) }
    game.play(switches / 2)
}

private class FutureGame {
    private var ball = CompletableDeferred<Unit>()

    suspend fun play(times: Int) {
        repeat(times) {
            val received = ball
            ball = CompletableDeferred()
            received.complete(Unit)
            if (it < times - 1) {
                ball.await()
            }
        }
    }
}

/** Two coroutines that send each other a ball by two channels. */
fun switchByChannel(switches: Int) = runBlocking {
    val there = Channel<Int>(Channel.UNLIMITED)
    val back = Channel<Int>(Channel.UNLIMITED)
    launch { repeat(switches / 2) { back.send(there.receive()) } }
    there.send(0)
    repeat(switches / 2) { there.send(back.receive()) }
}

fun spawn(batches: Int, batch: Int) = runBlocking {
    repeat(batches) {
        repeat(batch - 1) { launch {} }
        launch {}.join()
    }
}

fun gather(count: Int): List<Int> = runBlocking { List(count) { async { it } }.awaitAll() }

/** Calls that `start` is to make from other threads. */
fun threadsafe(count: Int, start: Consumer<Runnable>) = runBlocking {
    val loop = loop
    val done = Job()
    val call = Countdown(count, {}, { done.complete() })
    start.accept { loop.dispatch(EmptyCoroutineContext, call) }
    done.join()
}

fun runNothing() = runBlocking {}

/** Coroutines that all sleep until `wake`; calls `asleep` when they do. */
fun sleepUntil(count: Int, wake: Long, asleep: Runnable) = runBlocking {
    repeat(count) { launch { delay(TimeUnit.NANOSECONDS.toMillis(wake - System.nanoTime())) } }
    yield()
    asleep.run()
}
