/** Runs tests on an event loop of their own and fails them for what they leave behind. */
module dev.asyncloop {
    // for compilers and checkers only
    requires static transitive org.jspecify;
    requires transitive org.junit.jupiter.api;
    requires java.instrument;
    requires java.management;
    requires jdk.management;
    requires net.bytebuddy.agent;

    exports dev.asyncloop.jupiter;
    exports dev.asyncloop.leak;
    exports dev.asyncloop.loop;

    // which starts the agent
    opens dev.asyncloop.jdk to
            java.instrument;
    opens dev.asyncloop.jupiter to
            org.junit.platform.commons;
}
