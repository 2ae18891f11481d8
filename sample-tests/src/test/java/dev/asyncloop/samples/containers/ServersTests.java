package dev.asyncloop.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.testcontainers.LoopContainers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two servers, started together before the first test and stopped after the last. */
// tag::fixture[]
@EnabledIfContainers
@ExtendWith(AsyncLoopExtension.class)
class ServersTests {

    @RegisterExtension
    static final LoopFixture<Servers> SERVERS = LoopContainers.of(Servers.class, Servers::new, Servers::all);

    @Test
    void both_run(Servers servers) {
        assertThat(servers.database().isRunning()).isTrue();
        assertThat(servers.cache().isRunning()).isTrue();
    }
}
// end::fixture[]
