package com.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.testcontainers.LoopContainers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.GenericContainer;

@EnabledIfEnvironmentVariable(named = "CONTAINERS", matches = "required")
@ExtendWith(AsyncLoopExtension.class)
class CacheTests {

    static class Cache extends GenericContainer<Cache> {
        Cache() {
            super("redis:7.0");
            addExposedPort(6379);
        }
    }

    @RegisterExtension
    static final LoopFixture<Cache> CACHE = LoopContainers.of(Cache.class, Cache::new);

    @Test
    void runs(Cache cache) {
        assertTrue(cache.isRunning());
    }
}
