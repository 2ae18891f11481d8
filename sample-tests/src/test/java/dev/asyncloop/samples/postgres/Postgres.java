package dev.asyncloop.samples.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import org.testcontainers.postgresql.PostgreSQLContainer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpResources;

/** One server for all of this package: a class initialiser starts it, so that it belongs to no test. */
final class Postgres {

    static final PostgreSQLContainer SERVER = new PostgreSQLContainer("postgres:15");

    static {
        SERVER.start();
    }

    private Postgres() {}

    static HikariDataSource pool(int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(SERVER.getJdbcUrl());
        config.setUsername(SERVER.getUsername());
        config.setPassword(SERVER.getPassword());
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    static Pool pool(Vertx vertx) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(SERVER.getHost())
                .setPort(SERVER.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT))
                .setDatabase(SERVER.getDatabaseName())
                .setUser(SERVER.getUsername())
                .setPassword(SERVER.getPassword());
        return PgBuilder.pool().connectingTo(options).using(vertx).build();
    }

    static PostgresqlConnectionFactory connections() {
        return connections(TcpResources.get());
    }

    static PostgresqlConnectionFactory connections(LoopResources loops) {
        return new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                .host(SERVER.getHost())
                .port(SERVER.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT))
                .database(SERVER.getDatabaseName())
                .username(SERVER.getUsername())
                .password(SERVER.getPassword())
                .loopResources(loops)
                .build());
    }
}
