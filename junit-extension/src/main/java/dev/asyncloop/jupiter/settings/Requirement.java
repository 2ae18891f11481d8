package dev.asyncloop.jupiter.settings;

/** What the JVM has to be able to look for. Each includes those before it. */
public enum Requirement {
    NOTHING,

    /** Virtual threads that the code under test starts, which takes the scheduler engine. */
    SCHEDULER,

    /** All that there is, which takes hooks in the JDK, by an agent or by attaching. */
    AGENT
}
