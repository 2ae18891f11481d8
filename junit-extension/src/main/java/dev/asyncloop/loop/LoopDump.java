package dev.asyncloop.loop;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.pools.PoolDump;
import dev.asyncloop.loop.snapshot.DumpEntries;
import dev.asyncloop.loop.snapshot.GeneratorSnapshot;
import dev.asyncloop.loop.snapshot.TaskSnapshot;
import dev.asyncloop.text.Words;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The text that messages show of a loop: its tasks and generators, and what else there is to run. */
final class LoopDump {

    /** How many tasks are looked at, and how many generators: to take a stack needs time. */
    private static final int LOOKED_AT = 1_000;

    private LoopDump() {}

    /** Any thread. */
    static String of(EventLoop loop) {
        List<Coroutine> tasks = loop.core().coroutines();
        List<GeneratorSnapshot> generators = AsyncGenerator.snapshots(loop.core());
        Stream<Object> seen = Stream.concat(
                tasks.stream().limit(LOOKED_AT).map(TaskSnapshot::of),
                generators.stream().limit(LOOKED_AT));
        int unseen = Math.max(0, tasks.size() - LOOKED_AT) + Math.max(0, generators.size() - LOOKED_AT);
        return DumpEntries.text(seen.toList(), unseen)
                + PoolDump.of(loop.core())
                + timers(loop.core())
                + DumpEntries.line(loop.core().work().steps(), "step is ready", "steps are ready", "")
                + DumpEntries.line(loop.core().work().away(), "job of an executor", "jobs of executors", " not done")
                + DumpEntries.notes(loop.notes());
    }

    private static String timers(LoopCore core) {
        Duration untilNext = Duration.ofNanos(core.work().nextTimerAt() - core.nanos());
        return DumpEntries.line(core.work().timers(), "timer", "timers", ", next in " + Words.rounded(untilNext));
    }
}
