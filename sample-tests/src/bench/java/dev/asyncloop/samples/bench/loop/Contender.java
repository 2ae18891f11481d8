package dev.asyncloop.samples.bench.loop;

import java.util.Locale;

/** Whose loop it is: a column of the table. */
enum Contender {
    ASYNCLOOP("asyncloop", AsyncloopBenchmarks.class),
    BARE("bare virtual threads", BareThreadBenchmarks.class),
    KOTLINX("kotlinx `runBlocking`", CoroutineBenchmarks.class),
    NETTY("Netty `DefaultEventLoop`", NettyBenchmarks.class),
    ASYNCIO("asyncio", null),
    UVLOOP("uvloop", null);

    private final String title;
    private final Class<?> benchmarks; // null where it does not run on the JVM

    Contender(String title, Class<?> benchmarks) {
        this.title = title;
        this.benchmarks = benchmarks;
    }

    String title() {
        return title;
    }

    /** Whether {@code benchmark}, as JMH calls it, is one of this contender's. */
    boolean owns(String benchmark) {
        return benchmarks != null && benchmark.startsWith(benchmarks.getName() + ".");
    }

    /** What programs of other processes call it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
