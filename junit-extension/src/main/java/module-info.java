/** Runs tests on an event loop of their own and fails them for what they leave behind. */
@SuppressWarnings("requires-automatic") // of Testcontainers there is no other
module dev.asyncloop {
    // for compilers and checkers only
    requires static transitive org.jspecify;
    requires transitive org.junit.jupiter.api;
    // where there is no launcher, nobody asks for the listener
    requires static transitive org.junit.platform.launcher;
    // where there is no AssertJ, nobody asks for our assertions
    requires static transitive org.assertj.core;
    // where there is no Testcontainers, nobody asks for containers as fixtures
    requires static com.github.dockerjava.api;
    requires static testcontainers;
    // for signals, which cannot be caught where it is missing
    requires static jdk.unsupported;
    requires java.instrument;
    requires java.management;
    requires jdk.management;
    requires net.bytebuddy;
    requires net.bytebuddy.agent;

    exports dev.asyncloop.assertj;
    exports dev.asyncloop.jupiter;
    exports dev.asyncloop.leak;
    exports dev.asyncloop.loop;
    exports dev.asyncloop.testcontainers;

    // whose soft assertions are made of proxies
    opens dev.asyncloop.assertj to
            org.assertj.core;
    // which starts the agent
    opens dev.asyncloop.jdk to
            java.instrument;
    opens dev.asyncloop.jupiter to
            org.junit.platform.commons;

    uses dev.asyncloop.leak.LeakDetector;
    uses dev.asyncloop.leak.LeakPreset;

    provides dev.asyncloop.leak.LeakDetector with
            dev.asyncloop.testcontainers.ContainerDetector;
    provides org.testcontainers.core.CreateContainerCmdModifier with
            dev.asyncloop.testcontainers.CreationNotes;
    provides org.junit.jupiter.api.extension.Extension with
            dev.asyncloop.jupiter.AsyncLoopExtension;
    provides org.junit.platform.launcher.LauncherDiscoveryListener with
            dev.asyncloop.jupiter.ReturnedValues;
}
