/** Runs tests on an event loop of their own and fails them for what they leave behind. */
@SuppressWarnings("requires-automatic") // of Testcontainers there is no other
module dev.asyncloop {
    // for compilers and checkers only
    requires static transitive org.jspecify;
    requires transitive org.junit.jupiter.api;
    // where there is no launcher, nobody asks for the listener, and where there is no AssertJ, for our assertions; with
    // "transitive", a compiler would ask for both, and with a "provides" of the listener, the JVM for the launcher
    requires static org.junit.platform.launcher;
    requires static org.assertj.core;
    // likewise, for containers as fixtures
    requires static com.github.dockerjava.api;
    requires static testcontainers;
    // for signals, which cannot be caught where it is missing
    requires static jdk.unsupported;
    requires java.instrument;
    requires java.management;
    requires jdk.management;
    requires net.bytebuddy.agent;
    // in the jar it is a package of ours
    requires static org.objectweb.asm;

    exports dev.asyncloop.assertj;
    exports dev.asyncloop.jupiter;
    exports dev.asyncloop.leak;
    exports dev.asyncloop.loop;
    exports dev.asyncloop.origin;
    exports dev.asyncloop.testcontainers;

    // whose soft assertions are made of proxies
    opens dev.asyncloop.assertj to
            org.assertj.core;
    // which starts the agent
    opens dev.asyncloop.agent to
            java.instrument;
    opens dev.asyncloop.jupiter to
            org.junit.platform.commons;

    uses dev.asyncloop.leak.LeakDetector;

    provides dev.asyncloop.leak.LeakDetector with
            dev.asyncloop.testcontainers.engine.ContainerDetector;
    provides org.junit.jupiter.api.extension.Extension with
            dev.asyncloop.jupiter.AsyncLoopExtension;
}
