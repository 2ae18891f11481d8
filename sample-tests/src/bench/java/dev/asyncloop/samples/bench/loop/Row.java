package dev.asyncloop.samples.bench.loop;

/** A row of the table: one kind of work, called the same by every contender. */
enum Row {
    CALL_SOON("callSoonTurn", "`callSoon` turn", Bar.of(20)),
    YIELD("switchByYield", "switch: `sleep(0)`", Bar.NONE),
    AWAIT("switchByAwait", "switch: await a future that is done later", Bar.PAIR),
    PARK("switchByPark", "switch: park, and unpark of the other", Bar.PAIR),
    QUEUE("switchByQueue", "switch: ping-pong by two queues", Bar.PAIR),
    SPAWN("spawn", "spawn and finish", Bar.of(200)),
    SPAWN_OWNED("spawnOwned", "the same on a loop with an owner", Bar.of(200)),
    SPAWN_THREAD("spawnThread", "the same, a virtual thread that user code starts", Bar.NONE),
    GATHER("gather", "`gather` of 10,000, each", Bar.NONE),
    THREADSAFE_1("threadsafe1", "`callSoonThreadsafe` from 1 thread", Bar.NONE),
    THREADSAFE_2("threadsafe2", "`callSoonThreadsafe` from 2 threads", Bar.NONE),
    THREADSAFE_8("threadsafe8", "`callSoonThreadsafe` from 8 threads", Bar.NONE),
    CREATE("createAndClose", "create and close a loop", Bar.of(5_000)),
    CREATE_AND_RUN("createRunAndClose", "create a loop, run an empty body, close", Bar.NONE);

    private final String key;
    private final String title;
    private final Bar bar;

    Row(String key, String title, Bar bar) {
        this.key = key;
        this.title = title;
        this.bar = bar;
    }

    /** The name of the benchmark's method, and what programs call it. */
    String key() {
        return key;
    }

    String title() {
        return title;
    }

    Bar bar() {
        return bar;
    }

    /** The row whose work a peer does instead of this one's. */
    Row of(Contender peer) {
        return switch (this) {
            case SPAWN_OWNED, SPAWN_THREAD -> peer == Contender.ASYNCLOOP ? this : SPAWN;
            case AWAIT -> peer == Contender.BARE ? PARK : this;
            default -> this;
        };
    }

    /** What is asked of us: so many nanoseconds, or so many times what the JDK takes to unpark a thread and park another. */
    record Bar(double nanos, double pairs) {

        static final Bar NONE = new Bar(Double.NaN, Double.NaN);
        static final Bar PAIR = new Bar(Double.NaN, 1.5);

        static Bar of(double nanos) {
            return new Bar(nanos, Double.NaN);
        }

        /** In words, with whether {@code ours} keeps it; empty where nothing is asked, or not to be told. */
        String judge(double ours, double barePair) {
            double limit = Double.isNaN(pairs) ? nanos : pairs * barePair;
            if (Double.isNaN(limit) || Double.isNaN(ours)) {
                return "";
            }
            String times = Double.isNaN(pairs) ? "" : " (%.1f pairs)".formatted(pairs);
            return "< %,.0f%s: %s".formatted(limit, times, ours < limit ? "met" : "**missed**");
        }
    }
}
