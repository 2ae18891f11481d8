package dev.asyncloop.jdk;

import dev.asyncloop.agent.JdkEditor;
import java.lang.instrument.Instrumentation;

/** Opens the packages of the JDK that the adapters of this package look into once the JDK can be edited. */
public final class Insides {

    private static final String[] PACKAGES = {
        "java.io",
        "java.lang",
        "java.net",
        "java.nio.channels.spi",
        "java.util",
        "java.util.concurrent",
        "jdk.internal.loader",
        "sun.net",
        "sun.net.www.http",
        "sun.nio.ch"
    };

    private Insides() {}

    /** Opens the packages to us. To be called before the first use of those adapters, which look only once. */
    public static void open(Instrumentation instrumentation) {
        JdkEditor.open(instrumentation, PACKAGES);
    }
}
