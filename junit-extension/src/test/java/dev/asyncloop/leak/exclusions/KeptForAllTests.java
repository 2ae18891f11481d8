package dev.asyncloop.leak.exclusions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which threads of which libraries belong to nobody; a name alone never does it. */
class KeptForAllTests {

    @CsvSource(delimiter = ';', textBlock = """
        io.netty.util.concurrent.GlobalEventExecutor;                globalEventExecutor-1-1;                    true
        io.netty.util.concurrent.GlobalEventExecutor;                orders;                                     false
        io.netty.util.concurrent.GlobalEventExecutors;               globalEventExecutor-1-1;                    false
        io.netty.util.concurrent.SingleThreadEventExecutor;          nioEventLoopGroup-2-1;                      false
        io.netty.util.ThreadDeathWatcher;                            threadDeathWatcher-2-1;                     true
        io.netty.util.internal.ObjectCleaner;                        ObjectCleanerThread;                        true
        reactor.core.scheduler.BoundedElasticScheduler;              boundedElastic-1;                           true
        reactor.core.scheduler.BoundedElasticScheduler;              orders-1;                                   false
        io.reactivex.rxjava3.internal.schedulers.NewThreadWorker;    RxCachedThreadScheduler-1;                  true
        io.reactivex.rxjava3.internal.schedulers.NewThreadWorker;    RxNewThreadScheduler-1;                     false
        okio.AsyncTimeout$Companion;                                 Okio Watchdog;                              true
        okhttp3.Dispatcher;                                          OkHttp Dispatcher;                          false
        kotlinx.coroutines.scheduling.CoroutineScheduler;            DefaultDispatcher-worker-3;                 true
        kotlinx.coroutines.ThreadPoolDispatcherKt;                   orders;                                     false
        com.zaxxer.hikari.pool.HikariPool;                           HikariPool-1:housekeeper;                   false
        io.vertx.core.impl.VertxThread;                              vert.x-eventloop-thread-0;                  false
        org.postgresql.util.LazyCleanerImpl;                         PostgreSQL-JDBC-Cleaner;                    true
        org.postgresql.util.SharedTimer;                             PostgreSQL-JDBC-SharedTimer-1;              true
        org.postgresql.jdbc.PgConnection;                            orders;                                     false
        org.awaitility.core.InternalExecutorServiceFactory;          awaitility-thread;                          false
        shaded.io.netty.util.concurrent.GlobalEventExecutor;         globalEventExecutor-1-1;                    true
        audio.netty.util.concurrent.GlobalEventExecutor;             globalEventExecutor-1-1;                    false
        io.netty.util.concurrent.ThreadPerTaskExecutor;              grpc-nio-worker-ELG-1-2;                    true
        io.netty.util.concurrent.ThreadPerTaskExecutor;              reactor-tcp-epoll-1;                        true
        io.netty.util.concurrent.ThreadPerTaskExecutor;              reactor-orders-epoll-1;                     false
        io.grpc.internal.GrpcUtil$1;                                 grpc-default-executor-0;                    true
        io.grpc.internal.GrpcUtil$1;                                 OkHttpClientTransport;                      true
        io.grpc.internal.GrpcUtil$1;                                 OkHttpServerTransport;                      true
        io.grpc.internal.GrpcUtil$1;                                 orders-0;                                   false
        org.testcontainers.lifecycle.Startables;                     testcontainers-lifecycle-0;                 true
        org.testcontainers.utility.RyukResourceReaper;               testcontainers-ryuk;                        true
        org.testcontainers.containers.GenericContainer;              orders;                                     false
        com.github.dockerjava.zerodep.HijackingHttpRequestExecutor;  docker-java-httpclient5-hijacking-stream-1; true
        org.rnorth.ducttape.timeouts.Timeouts;                       ducttape-0;                                 true
        org.junit.jupiter.api.AssertTimeoutPreemptively;             junit-timeout-thread-1;                     true
        org.apache.maven.surefire.booter.ForkedBooter;               surefire-forkedjvm-ping-30s;                true
        org.apache.maven.cli.MavenCli;                               pool-1-thread-1;                            false
        org.gradle.api.internal.tasks.testing.worker.TestWorker;     Test worker;                                true
        org.gradle.process.internal.worker.child.Worker;             pool-1-thread-1;                            true
        org.gradle.tooling.internal.consumer.DefaultConnection;      pool-1-thread-1;                            false
        org.jacoco.agent.rt.internal.output.TcpClientOutput;         Thread-1;                                   true
        com.intellij.rt.execution.application.AppMainV2;             Monitor Ctrl-Break;                         true
        com.intellij.openapi.application.Application;                pool-1-thread-1;                            false
        org.eclipse.jdt.internal.junit.runner.RemoteTestRunner;      ReaderThread;                               true
        dev.asyncloop.jupiter.Caretaker;                             asyncloop-caretaker;                        true
        dev.asyncloop.loop.Handle;                                   poller;                                     false
        com.example.Orders;                                          boundedElastic-1;                           false
        com.example.Orders;                                          asyncloop-caretaker;                        false
        """)
    @ParameterizedTest
    void a_creator_and_a_name_say_that_a_thread_is_kept(String creator, String name, boolean kept) {
        StackTraceElement frame = new StackTraceElement(creator, "start", "Some.java", 1);
        Thread thread = Thread.ofPlatform().name(name).unstarted(() -> {});
        assertThat(KeptForAll.contains(frame, List.of(thread))).isEqualTo(kept);
    }

    @CsvSource(delimiter = ';', textBlock = """
        com.github.dockerjava.transport.UnixSocket;                            socket:[12];        true
        com.github.dockerjava.zerodep.shaded.org.apache.hc.client5.Connection; socket:[12];        true
        com.github.dockerjava.transport.UnixSocket;                            /tmp/orders.txt;    false
        org.apache.hc.client5.Connection;                                      socket:[12];        false
        """)
    @ParameterizedTest
    void a_creator_and_a_target_say_that_a_descriptor_is_kept(String creator, String target, boolean kept) {
        StackTraceElement frame = new StackTraceElement(creator, "open", "Some.java", 1);
        assertThat(KeptForAll.contains(List.of(frame), target)).isEqualTo(kept);
    }

    /** Frames from the innermost outwards. */
    @CsvSource(delimiter = ';', textBlock = """
        org.apache.http.conn.Plain org.apache.http.impl.client.Client io.restassured.internal.RestAssuredHttpBuilder; socket:[12];     true
        org.apache.http.conn.Plain io.restassured.internal.RestAssuredHttpBuilder;                                    /tmp/orders.txt; false
        org.apache.http.conn.Plain com.example.Orders io.restassured.internal.MockMvcRequestSender;                   socket:[12];     false
        com.example.Orders io.restassured.internal.RestAssuredHttpBuilder;                                            socket:[12];     false
        io.restassured.internal.RestAssuredHttpBuilder;                                                               socket:[12];     false
        org.apache.http.conn.Plain com.example.Orders;                                                                socket:[12];     false
        org.apache.http.conn.Plain;                                                                                   socket:[12];     false
        """)
    @ParameterizedTest
    void a_client_that_a_library_drops_is_kept_if_the_library_called_it_itself(
            String frames, String target, boolean kept) {
        List<StackTraceElement> opened = Stream.of(frames.split(" "))
                .map(type -> new StackTraceElement(type, "open", "Some.java", 1))
                .toList();
        assertThat(KeptForAll.contains(opened, target)).isEqualTo(kept);
    }
}
