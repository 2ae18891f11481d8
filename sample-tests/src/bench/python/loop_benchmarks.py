"""What the benchmarks of asyncloop do, on asyncio or uvloop.

Usage: loop_benchmarks.py asyncio|uvloop. Prints lines of contender, what, and nanoseconds for one, separated by tabs.
"""

import asyncio
import gc
import resource
import sys
import threading
import time

OPERATIONS = 100_000
BATCH = 100
GATHERED = 10_000
SLEEPERS = 200_000  # a million take half a minute and are no cheaper
ROUNDS = 5

contender = sys.argv[1]
if contender == "uvloop":
    import uvloop

    new_event_loop = uvloop.new_event_loop
else:
    new_event_loop = asyncio.new_event_loop


def report(what, value):
    print(f"{contender}\t{what}\t{value:.2f}", flush=True)


def measure(what, operations, coroutine_function):
    """On one loop, the round that the machine disturbed least."""
    loop = new_event_loop()
    rounds = []
    for _ in range(ROUNDS):
        gc.collect()
        start = time.perf_counter_ns()
        loop.run_until_complete(coroutine_function())
        rounds.append((time.perf_counter_ns() - start) / operations)
    loop.close()
    report(what, min(rounds))


async def call_soon_turns():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    left = OPERATIONS

    def turn():
        nonlocal left
        left -= 1
        if left == 0:
            done.set_result(None)
        else:
            loop.call_soon(turn)

    loop.call_soon(turn)
    await done


async def yield_half_of_the_time():
    for _ in range(OPERATIONS // 2):
        await asyncio.sleep(0)


async def switch_by_yield():
    other = asyncio.create_task(yield_half_of_the_time())
    await yield_half_of_the_time()
    await other


async def switch_by_await():
    loop = asyncio.get_running_loop()
    ball = loop.create_future()

    async def play(times):
        nonlocal ball
        for i in range(times):
            received = ball
            ball = loop.create_future()
            received.set_result(None)
            if i < times - 1:
                await ball

    other = asyncio.create_task(play(OPERATIONS // 2))
    await play(OPERATIONS // 2)
    await other


async def switch_by_queue():
    there, back = asyncio.Queue(), asyncio.Queue()

    async def pass_on(source, target):
        for _ in range(OPERATIONS // 2):
            target.put_nowait(await source.get())

    other = asyncio.create_task(pass_on(there, back))
    there.put_nowait(0)
    await pass_on(back, there)
    await other


async def nothing():
    pass


async def spawn():
    for _ in range(OPERATIONS // BATCH):
        for _ in range(BATCH - 1):
            asyncio.create_task(nothing())
        await asyncio.create_task(nothing())


async def gather():
    async def result(i):
        return i

    await asyncio.gather(*[asyncio.create_task(result(i)) for i in range(GATHERED)])


def threadsafe(threads):
    async def call():
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        left = OPERATIONS

        def count():
            nonlocal left
            left -= 1
            if left == 0:
                done.set_result(None)

        def produce():
            for _ in range(OPERATIONS // threads):
                loop.call_soon_threadsafe(count)

        producers = [threading.Thread(target=produce) for _ in range(threads)]
        for producer in producers:
            producer.start()
        await done
        for producer in producers:
            producer.join()

    return call


def measure_loops(what, run, loops=2_000):
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter_ns()
        for _ in range(loops):
            loop = new_event_loop()
            if run:
                loop.run_until_complete(nothing())
            loop.close()
        rounds.append((time.perf_counter_ns() - start) / loops)
    report(what, min(rounds))


def resident_bytes():
    with open("/proc/self/statm") as pages:
        return int(pages.read().split()[1]) * resource.getpagesize()


async def sleepers():
    """Tasks that sleep until the same moment; what they take is memory of the process."""
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    left = SLEEPERS
    gc.collect()
    before = resident_bytes()
    start = time.perf_counter_ns()
    wake = loop.time() + 8

    async def sleeper():
        nonlocal left
        await asyncio.sleep(wake - loop.time())
        left -= 1
        if left == 0:
            done.set_result(None)

    tasks = {asyncio.create_task(sleeper()) for _ in range(SLEEPERS)}
    await asyncio.sleep(0)
    if loop.time() > wake:
        print("the first woke before the last slept: this machine is too slow, or too busy")
        return
    start_nanos = (time.perf_counter_ns() - start) / SLEEPERS
    report("sleepers.bytes", (resident_bytes() - before) / SLEEPERS)
    await asyncio.sleep(wake - loop.time() - 0.001)
    awake_from = time.perf_counter_ns()
    await done
    end_nanos = (time.perf_counter_ns() - awake_from) / SLEEPERS
    report("sleepers.start", start_nanos)
    report("sleepers.end", end_nanos)


measure("callSoonTurn", OPERATIONS, call_soon_turns)
measure("switchByYield", OPERATIONS, switch_by_yield)
measure("switchByAwait", OPERATIONS, switch_by_await)
measure("switchByQueue", OPERATIONS, switch_by_queue)
measure("spawn", OPERATIONS, spawn)
measure("gather", GATHERED, gather)
for count in (1, 2, 8):
    measure(f"threadsafe{count}", OPERATIONS, threadsafe(count))
measure_loops("createAndClose", run=False)
measure_loops("createRunAndClose", run=True)
new_event_loop().run_until_complete(sleepers())
