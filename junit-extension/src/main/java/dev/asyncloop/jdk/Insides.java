package dev.asyncloop.jdk;

import dev.asyncloop.agent.JdkEditor;
import java.lang.instrument.Instrumentation;

/** The packages of the JDK that the adapters look into which are not needed before the JDK can be edited. */
public final class Insides {

    private static final String[] PACKAGES = {
        "java.lang",
        "java.net",
        "java.util",
        "java.util.concurrent",
        "jdk.internal.loader",
        "sun.net",
        "sun.net.www.http"
    };

    private Insides() {}

    /** Opens them to us. To be called before the first use of those adapters: they look once. */
    public static void open(Instrumentation instrumentation) {
        JdkEditor.open(instrumentation, PACKAGES);
    }
}
