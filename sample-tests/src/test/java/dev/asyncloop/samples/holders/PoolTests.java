package dev.asyncloop.samples.holders;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ShutdownThread;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool makes its connections and its threads when a test first needs them. */
class PoolTests {

    @TempDir
    private static java.nio.file.Path folder;

    private static String database() {
        return "jdbc:h2:file:" + folder.resolve(UUID.randomUUID().toString());
    }

    private static HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database());
        config.setInitializationFailTimeout(-1);
        config.setMinimumIdle(1);
        config.setRegisterMbeans(true);
        return new HikariDataSource(config);
    }

    private static void ask(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.createStatement().execute("select 1")).isTrue();
        }
    }

    private static void use(QueuedThreadPool pool) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            pool.execute(() -> {
                ran.countDown();
                try {
                    ran.await(); // so that it takes three threads
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        ran.await();
    }

    static class StaticHikari {
        static final HikariDataSource POOL = pool();

        @Test
        void asks() throws SQLException {
            ask(POOL);
        }
    }

    static class HikariOfTheClass {
        static HikariDataSource pool;

        @BeforeAll
        static void open() {
            pool = pool();
        }

        @AfterAll
        static void close() {
            pool.close();
        }

        @RepeatedTest(2)
        void asks() throws SQLException {
            ask(pool);
        }
    }

    static class JettyPoolOfTheClass {
        static QueuedThreadPool pool;

        @BeforeAll
        static void start() throws Exception {
            pool = new QueuedThreadPool(8, 1);
            pool.start();
        }

        @AfterAll
        static void stop() throws Exception {
            pool.stop();
        }

        @RepeatedTest(2)
        void uses_it() throws Exception {
            use(pool);
        }
    }

    static class StaticExecutor {
        static final ScheduledThreadPoolExecutor POOL = new ScheduledThreadPoolExecutor(1);

        @Test
        void uses_it() throws Exception {
            assertThat(POOL.submit(() -> 1).get()).isEqualTo(1);
        }
    }

    static class ExecutorOfTheClass {
        static ExecutorService pool;

        @BeforeAll
        static void open() {
            pool = Executors.newFixedThreadPool(4);
        }

        @AfterAll
        static void close() {
            pool.shutdown();
        }

        @RepeatedTest(2)
        void uses_it() throws Exception {
            assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                StaticHikari.class,
                HikariOfTheClass.class,
                JettyPoolOfTheClass.class,
                StaticExecutor.class,
                ExecutorOfTheClass.class
            })
    void nobody_is_blamed_for_what_is_kept_for_the_run_or_closed_by_the_class(Class<?> specimen) {
        assertThat(Blame.of(specimen)).isEmpty();
    }

    static class HikariThatTheClassForgets {
        static HikariDataSource pool;

        @BeforeAll
        static void open() {
            pool = pool();
        }

        @Test
        void asks() throws SQLException {
            ask(pool);
        }
    }

    static class JettyPoolThatTheClassForgets {
        static QueuedThreadPool pool;

        @BeforeAll
        static void start() throws Exception {
            pool = new QueuedThreadPool(8, 0);
            pool.setDaemon(true);
            pool.start();
        }

        @Test
        void uses_it() throws Exception {
            use(pool);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {HikariThatTheClassForgets.class, JettyPoolThatTheClassForgets.class})
    void the_class_is_blamed_for_what_it_does_not_close(Class<?> specimen) {
        assertThat(Blame.of(specimen)).containsOnlyKeys(Blame.THE_CLASS);
    }

    /** The server of its beans has it as well. */
    static class LocalHikari {
        @Test
        void leaves_it() throws SQLException {
            ask(pool());
        }
    }

    static class LocalJettyPool {
        @Test
        void leaves_it() throws Exception {
            QueuedThreadPool pool = new QueuedThreadPool(8, 1);
            pool.setDaemon(true);
            pool.start();
        }
    }

    static class JettyPoolInTheListOfItsShutdownHook {
        @Test
        void leaves_it() throws Exception {
            QueuedThreadPool pool = new QueuedThreadPool(8, 1);
            pool.setDaemon(true);
            pool.start();
            ShutdownThread.register(pool);
        }
    }

    /** H2 has a static map of its open databases. */
    static class LocalDatabase {
        @Test
        void leaves_it() throws SQLException {
            assertThat(DriverManager.getConnection(database()).isValid(1)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                LocalHikari.class,
                LocalJettyPool.class,
                JettyPoolInTheListOfItsShutdownHook.class,
                LocalDatabase.class
            })
    void the_test_is_blamed_for_a_pool_of_its_own(Class<?> specimen) {
        assertThat(Blame.of(specimen)).containsOnlyKeys("leaves_it");
    }
}
