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

    public static void premain(@Nullable String arguments, Instrumentation given) {
        instrumentation = given;
        readTheClassPath();
    }

    public static void agentmain(@Nullable String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /**
     * JUnit's launcher is there also where we are a module, as build tools run tests, and it asks for a listener of
     * ours.
     */
    private static void readTheClassPath() {
        Agent.class.getModule().addReads(ClassLoader.getSystemClassLoader().getUnnamedModule());
    }

    static @Nullable Instrumentation instrumentation() {
        return instrumentation;
    }
}
