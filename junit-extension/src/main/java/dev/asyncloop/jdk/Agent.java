package dev.asyncloop.jdk;

import java.lang.instrument.Instrumentation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entry point that the JVM calls when this jar is given as {@code -javaagent}. It keeps the {@link Instrumentation},
 * with which {@link JdkAccess} opens the JDK without a warning.
 */
public final class Agent {

    private static volatile @Nullable Instrumentation instrumentation;

    private Agent() {}

    public static void premain(@Nullable String arguments, Instrumentation given) {
        instrumentation = given;
        readTheClassPath();
        insertHooks(given);
    }

    public static void agentmain(@Nullable String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /** JUnit's launcher is there also where we are a module, as build tools run tests, and it asks for a listener of ours. */
    private static void readTheClassPath() {
        Agent.class.getModule().addReads(ClassLoader.getSystemClassLoader().getUnnamedModule());
    }

    /**
     * All at once, which is cheaper than one after the other, and before {@code main} where it can be; whoever wants to listen later says what
     * has failed here. Nothing here may use the JDK's loggers, which a program sets up.
     */
    static void insertHooks(Instrumentation given) {
        try {
            HookSet.insert(given, List.of(CombinedFutures.HOOKS, ThreadOrigins.HOOKS, DescriptorHooks.HOOKS));
        } catch (Throwable unknownJdk) {
            // see above
        }
    }

    static @Nullable Instrumentation instrumentation() {
        return instrumentation;
    }
}
