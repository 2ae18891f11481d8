package dev.asyncloop.jupiter;

import dev.asyncloop.agent.JdkAccess;
import dev.asyncloop.loop.LoopEngine;

/**
 * The names of everything that can be configured.
 *
 * <p>A {@code …_PARAMETER} is a configuration parameter of JUnit: a line of {@code junit-platform.properties}, a
 * parameter of the launcher, or a system property. A {@code …_PROPERTY} is only a system property of the JVM that runs
 * the tests, since it is read before, or without, JUnit. {@code docs/configuration.md} has all of them in a table.
 */
public final class Constants {

    /**
     * Which tests without {@link LoopScope @LoopScope} share a loop: {@code method}, the default, {@code class}, {@code
     * package} or {@code session}.
     */
    public static final String SCOPE_DEFAULT_PARAMETER = "asyncloop.scope.default";

    /**
     * How long each phase of a test may take. The value is a time in the syntax of JUnit's own timeouts, such as
     * {@code 60 s}, which is the default, {@code 100 ms} or {@code 5 m}; or {@code off}. A longer {@code @Timeout} in
     * the test class makes the limit longer. For classes that have the extension by JUnit's auto-detection alone,
     * {@code off} is the default.
     */
    public static final String TIMEOUT_PARAMETER = "asyncloop.timeout";

    /**
     * In which order the tasks of a turn run: {@code fifo}, the default; {@code shuffled}, another order in every loop;
     * or {@code shuffled:} and a seed, which repeats an order. When a test fails in a shuffled order, a suppressed
     * exception of the failure has the value that repeats it.
     */
    public static final String ORDERING_PARAMETER = "asyncloop.ordering";

    /**
     * What becomes of leaks: {@code default}, {@code strict} or {@code off} for all kinds; then, or instead, modes of
     * single kinds, such as {@code strict, file-descriptor=warn, pending-task=off}. The annotation
     * {@link CheckLeaks @CheckLeaks} has precedence.
     */
    public static final String LEAKS_PARAMETER = "asyncloop.leaks";

    /**
     * A file of known leaks, which fail no test. The path is relative to the working directory. {@code docs/leaks.md}
     * describes the file.
     */
    public static final String LEAKS_BASELINE_PARAMETER = "asyncloop.leaks.baseline";

    /** {@code true} writes that file instead of reading it. Then no leak fails a test. */
    public static final String LEAKS_BASELINE_WRITE_PARAMETER = "asyncloop.leaks.baseline.write";

    /**
     * A file to which each leak is appended as a JSON object on its own line. The path is relative to the working
     * directory. {@code docs/leaks.md} lists the fields.
     */
    public static final String LEAKS_JSON_PARAMETER = "asyncloop.leaks.json";

    /**
     * The engine of the loops of tests, and of those that are made on them: {@code scheduler} or {@code portable}. The
     * default is the scheduler if the JDK can be opened. As a system property it is also that of every other loop that
     * does not choose one. See {@link LoopEngine}.
     */
    public static final String ENGINE_PARAMETER = LoopEngine.PROPERTY;

    /**
     * What this JVM must be able to look for, or else each test class fails: {@code nothing}, the default;
     * {@code scheduler}, also virtual threads that the code under test starts; or {@code agent}, everything.
     */
    public static final String REQUIRE_PARAMETER = "asyncloop.require";

    /**
     * The classes that run as if the extension were not there, with those nested in them: their full names, with
     * {@code *} for any characters, and commas between them. See {@link WithoutAsyncLoop}.
     */
    public static final String WITHOUT_PARAMETER = "asyncloop.without";

    /**
     * {@code false} keeps asyncloop from attaching to its own JVM. By default it attaches if neither an agent nor an
     * option opens the JDK.
     */
    public static final String SELF_ATTACH_PROPERTY = JdkAccess.SELF_ATTACH_PROPERTY;

    private Constants() {}
}
