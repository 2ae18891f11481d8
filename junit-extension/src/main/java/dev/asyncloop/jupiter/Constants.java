package dev.asyncloop.jupiter;

import dev.asyncloop.agent.JdkAccess;
import dev.asyncloop.loop.LoopEngine;

/**
 * The names of what can be configured.
 *
 * <p>A {@code …_PARAMETER} is a configuration parameter of JUnit: a line of {@code junit-platform.properties}, a
 * parameter of the launcher, or a system property. A {@code …_PROPERTY} is a system property of the JVM that runs the
 * tests, and nothing else: it is read before, or without, JUnit. {@code docs/configuration.md} has them all in a table.
 */
public final class Constants {

    /**
     * Which tests without {@link LoopScope @LoopScope} share a loop: {@code method}, the default, {@code class}, {@code
     * package} or {@code session}.
     */
    public static final String SCOPE_DEFAULT_PARAMETER = "asyncloop.scope.default";

    /**
     * How long each phase of a test may take: a time in the syntax of JUnit's own time-outs, such as {@code 60 s},
     * which is the default, {@code 100 ms} or {@code 5 m}; or {@code off}, which is the default for classes that do not
     * name the extension and have it by JUnit's auto-detection. A longer {@code @Timeout} in the test class makes it
     * longer.
     */
    public static final String TIMEOUT_PARAMETER = "asyncloop.timeout";

    /**
     * In which order the tasks of a turn run: {@code fifo}, the default; {@code shuffled}, another order in every loop;
     * or {@code shuffled:} and a seed, that order again. A test that fails in a shuffled order carries the value that
     * repeats it, as a suppressed exception.
     */
    public static final String ORDERING_PARAMETER = "asyncloop.ordering";

    /**
     * What becomes of leaks: {@code default}, {@code strict} or {@code off} for all kinds, and after it, or instead,
     * modes of single kinds, such as {@code strict, file-descriptor=warn, pending-task=off}. The annotation {@link
     * CheckLeaks @CheckLeaks} has precedence.
     */
    public static final String LEAKS_PARAMETER = "asyncloop.leaks";

    /**
     * A file of leaks that are known, relative to the working directory: they fail no test. A line for each; {@code
     * docs/leaks.md} tells more.
     */
    public static final String LEAKS_BASELINE_PARAMETER = "asyncloop.leaks.baseline";

    /** {@code true} where that file is to be written instead: then no leak fails a test. */
    public static final String LEAKS_BASELINE_WRITE_PARAMETER = "asyncloop.leaks.baseline.write";

    /**
     * A file, relative to the working directory, to which each finding is appended as a JSON object in a line of its
     * own; {@code docs/leaks.md} has the fields.
     */
    public static final String LEAKS_JSON_PARAMETER = "asyncloop.leaks.json";

    /**
     * The engine of every loop that does not choose one: {@code scheduler} or {@code portable}. Without it, the
     * scheduler where the JDK can be opened. See {@link LoopEngine}.
     */
    public static final String ENGINE_PROPERTY = LoopEngine.PROPERTY;

    /**
     * {@code false} keeps asyncloop from attaching to its own JVM, which it does where neither an agent nor an option
     * opens the JDK.
     */
    public static final String SELF_ATTACH_PROPERTY = JdkAccess.SELF_ATTACH_PROPERTY;

    private Constants() {}
}
