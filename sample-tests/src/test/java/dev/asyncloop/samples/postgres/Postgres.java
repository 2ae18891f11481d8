package dev.asyncloop.samples.postgres;

import static dev.asyncloop.jupiter.LoopScope.Scope.SESSION;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.asyncloop.jupiter.LoopFixture;
import dev.asyncloop.testcontainers.LoopContainers;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import org.testcontainers.postgresql.PostgreSQLContainer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpResources;

/** One server for all classes that have it as a field, and clients of it. */
final class Postgres {

    // tag::server[]
    static final LoopFixture<PostgreSQLContainer> SERVER = LoopContainers.<PostgreSQLContainer>of(
                    PostgreSQLContainer.class, () -> new PostgreSQLContainer("postgres:15"))
            .scope(SESSION);
    // end::server[]

    private Postgres() {}

    static HikariDataSource pool(PostgreSQLContainer server, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl());
        config.setUsername(server.getUsername());
        config.setPassword(server.getPassword());
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    static Pool pool(PostgreSQLContainer server, Vertx vertx) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(server.getHost())
                .setPort(server.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT))
                .setDatabase(server.getDatabaseName())
                .setUser(server.getUsername())
                .setPassword(server.getPassword());
        return PgBuilder.pool().connectingTo(options).using(vertx).build();
    }

    static PostgresqlConnectionFactory connections(PostgreSQLContainer server) {
        return connections(server, TcpResources.get());
    }

    static PostgresqlConnectionFactory connections(PostgreSQLContainer server, LoopResources loops) {
        return new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                .host(server.getHost())
                .port(server.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT))
                .database(server.getDatabaseName())
                .username(server.getUsername())
                .password(server.getPassword())
                .loopResources(loops)
                .build());
    }
}
