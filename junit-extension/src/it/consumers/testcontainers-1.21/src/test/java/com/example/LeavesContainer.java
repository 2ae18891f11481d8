package com.example;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.GenericContainer;

/** Fails, for what it leaves running until it is over. */
@EnabledIfEnvironmentVariable(named = "CONTAINERS", matches = "required")
@ExtendWith(AsyncLoopExtension.class)
class LeavesContainer {

    private static GenericContainer<?> left;

    @Test
    void counts_orders() {
        left = new GenericContainer<>("redis:7.0");
        left.start();
    }

    @AfterAll
    static void stop() {
        left.stop();
    }
}
