package dev.asyncloop.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * The entry point that the JVM calls when this jar is given as {@code -javaagent}. It keeps the
 * {@link Instrumentation}, with which {@link JdkAccess} opens the JDK without a warning.
 */
public final class Agent {

    private static volatile @Nullable Instrumentation instrumentation;

    private Agent() {}

    /** Called by the JVM before the program starts. */
    public static void premain(@Nullable String arguments, Instrumentation given) {
        instrumentation = given;
        readTheClassPath();
    }

    /** Called by the JVM when the agent is attached to a running program. */
    public static void agentmain(@Nullable String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /**
     * Lets our module read the class path. Build tools may run us as a module, and JUnit's launcher, which asks for a
     * listener of ours, may be on the class path.
     */
    private static void readTheClassPath() {
        Agent.class.getModule().addReads(ClassLoader.getSystemClassLoader().getUnnamedModule());
    }

    static @Nullable Instrumentation instrumentation() {
        return instrumentation;
    }
}
