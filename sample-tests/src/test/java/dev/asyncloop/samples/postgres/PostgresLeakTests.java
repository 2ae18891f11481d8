package dev.asyncloop.samples.postgres;

import static dev.asyncloop.leak.LeakKind.FILE_DESCRIPTOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.samples.containers.EnabledIfContainers;
import dev.asyncloop.samples.leaks.LeakRun;
import org.junit.jupiter.api.Test;

/** What is not closed is found, whatever the driver opened it with: hooks of the JDK tell of sockets, the kernel of Netty's own. */
@EnabledIfContainers
class PostgresLeakTests {

    @Test
    void a_connection_that_is_never_closed() {
        LeakRun run = LeakRun.of(JdbcLeak.class);

        assertThat(run.failed()).isEqualTo("connects()");
        assertThat(run.passedAfter()).containsExactly("connects_and_closes()");
        assertThat(run.leaks())
                .hasMessageContainingAll("TCP socket", "(ESTABLISHED)", "JdbcLeak.connect(JdbcLeak.java:");
        assertThat(run.leaks().leaks()).extracting(Leak::kind).containsExactly(FILE_DESCRIPTOR);
    }

    @Test
    void a_pool_that_is_never_closed() {
        LeakRun run = LeakRun.of(PoolLeak.class);

        assertThat(run.failed()).isEqualTo("connects(PostgreSQLContainer)");
        assertThat(run.passedAfter()).containsExactly("connects_and_closes(PostgreSQLContainer)");
        assertThat(run.leaks()).hasMessageContainingAll("TCP socket", "(ESTABLISHED)", "Postgres.pool(Postgres.java:");
        assertThat(run.leaks().leaks()).extracting(Leak::kind).containsExactly(FILE_DESCRIPTOR);
    }

    @Test
    void a_vertx_that_is_never_closed() {
        LeakRun run = LeakRun.of(VertxClientLeak.class);

        assertThat(run.failed()).isEqualTo("asks(PostgreSQLContainer)");
        assertThat(run.passedAfter()).containsExactly("asks_and_closes(PostgreSQLContainer)");
        assertThat(run.leaks())
                .hasMessageContainingAll("open selector (epoll", "VertxClientLeak.<init>(VertxClientLeak.java:");
        assertThat(run.leaks().leaks()).extracting(Leak::kind).containsOnly(FILE_DESCRIPTOR);
    }

    @Test
    void event_loops_that_are_never_disposed_of() {
        LeakRun run = LeakRun.of(R2dbcLeak.class);

        assertThat(run.failed()).isEqualTo("connects(PostgreSQLContainer)");
        assertThat(run.passedAfter()).containsExactly("connects_and_disposes(PostgreSQLContainer)");
        assertThat(run.leaks()).hasMessageContaining("open selector (epoll");
        assertThat(run.leaks().leaks()).extracting(Leak::kind).containsOnly(FILE_DESCRIPTOR);
    }
}
