package dev.asyncloop.jdk;

import java.lang.instrument.Instrumentation;
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
    }

    public static void agentmain(@Nullable String arguments, Instrumentation given) {
        instrumentation = given;
    }

    static @Nullable Instrumentation instrumentation() {
        return instrumentation;
    }
}
