package dev.asyncloop.samples.containers;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.GenericContainer;

/** A server that a test starts and does not stop. */
@EnabledIfContainers
@ExtendWith(AsyncLoopExtension.class)
class CacheLeak {

    private static final GenericContainer<?> CACHE = new GenericContainer<>("redis:7.0").withExposedPorts(6379);

    @Test
    void counts_orders() {
        CACHE.start();
    }

    @AfterAll
    static void stop() {
        CACHE.stop();
    }
}
