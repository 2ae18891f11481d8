package dev.asyncloop.samples.containers;

import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** What the shop needs to run. */
// tag::servers[]
record Servers(PostgreSQLContainer database, GenericContainer<?> cache) {

    Servers() {
        this(new PostgreSQLContainer("postgres:15"), new GenericContainer<>("redis:7.0").withExposedPorts(6379));
    }

    List<GenericContainer<?>> all() {
        return List.of(database, cache);
    }
}
// end::servers[]
