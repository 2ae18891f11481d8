package dev.asyncloop.leak.exclusions;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of our own file has a line here that needs it, with a name and a creator that miss by little. */
class ExclusionsTests {

    /** What; a class and a name that the row holds; a name that it does not; a class that it does not. */
    private static final String SAMPLES = """
        thread;             io.netty.util.concurrent.GlobalEventExecutor;            globalEventExecutor-1-1;                 orders;                          io.netty.util.concurrent.GlobalEventExecutors
        thread;             io.netty.util.ThreadDeathWatcher;                        threadDeathWatcher-2-1;                  orders;                          io.netty.util.ThreadDeathWatchers
        thread;             io.netty.util.internal.ObjectCleaner;                    ObjectCleanerThread;                     orders;                          io.netty.util.internal.ObjectCleaners
        ending-loop;        io.netty.util.concurrent.SingleThreadEventExecutor;      confirmShutdown;                         run;                             io.netty.util.concurrent.GlobalEventExecutor
        ending-loop-opener; io.netty.channel.nio.NioEventLoop;                       anon_inode:[eventpoll];                  socket:[1];                      io.netty.channels.Channel
        loop-group;         io.netty.util.concurrent.ThreadPerTaskExecutor;          grpc-nio-worker-ELG-1-2;                 grpc-orders-ELG-1-2;             com.example.ThreadPerTaskExecutor
        loop-group;         io.grpc.internal.GrpcUtil$1;                             grpc-default-executor-0;                 grpc-orders-0;                   com.example.grpc.Orders
        thread;             io.grpc.internal.GrpcUtil$1;                             grpc-timer-0;                            orders-0;                        com.example.grpc.Orders
        thread;             io.grpc.internal.GrpcUtil$1;                             OkHttpClientTransport;                   OkHttpTransport;                 com.example.grpc.Orders
        loop;               io.netty.util.concurrent.ThreadPerTaskExecutor;          reactor-tcp-epoll-1;                     reactor-orders-epoll-1;          com.example.ThreadPerTaskExecutor
        loop;               io.micrometer.shaded.io.netty.util.concurrent.FastThreadLocalThread; udp-epoll-1;                 statsd-1;                        io.micrometer.shaded.audio.netty.util.concurrent.FastThreadLocalThread
        loop-maker;         reactor.netty.tcp.TcpResources;                          anon_inode:[eventpoll];                  socket:[1];                      reactor.netty.tcp.TcpResource
        loop-maker;         reactor.netty.http.HttpResources;                        anon_inode:[eventfd];                    socket:[1];                      reactor.netty.http.HttpResource
        loop-maker;         reactor.netty.udp.UdpResources;                          anon_inode:[eventpoll];                  socket:[1];                      reactor.netty.udp.UdpResource
        loop-group;         io.netty.util.concurrent.ThreadPerTaskExecutor;          armeria-common-worker-epoll-3-1;         armeria-orders-1;                com.example.ThreadPerTaskExecutor
        thread;             com.twitter.finagle.netty4.WorkerEventLoop$;             finagle/netty4-1-1;                      finagle/orders-1;                com.twitter.finagle.netty.WorkerEventLoop$
        loop-maker;         com.twitter.finagle.netty4.WorkerEventLoop$;             anon_inode:[eventpoll];                  socket:[1];                      com.twitter.finagle.netty4.WorkerEventLoop
        thread;             com.twitter.jvm.Jvm;                                     util-jvm-timer-1;                        orders-1;                        com.twitter.Jvm
        loop;               aws-c-io;                                                AwsEventLoop 1;                          AwsEventLoops;                   com.example.Orders
        thread;             reactor.core.scheduler.BoundedElasticScheduler;          boundedElastic-1;                        orders-1;                        reactor.core.Scheduler
        thread;             io.reactivex.rxjava3.internal.schedulers.RxThreadFactory; RxComputationThreadPool-1;              RxNewThreadScheduler-1;          io.reactivex.rxjava3.core.Scheduler
        thread;             io.reactivex.internal.schedulers.RxThreadFactory;        RxCachedThreadScheduler-1;               RxNewThreadScheduler-1;          io.reactivex.Scheduler
        thread;             rx.internal.schedulers.NewThreadWorker;                  RxIoScheduler-1;                         orders-1;                        rx.Scheduler
        thread;             kotlinx.coroutines.scheduling.CoroutineScheduler;        DefaultDispatcher-worker-3;              orders;                          kotlinx.Orders
        thread;             kotlinx.coroutines.DefaultExecutor;                      kotlinx.coroutines.DefaultExecutor;      orders;                          kotlinx.Orders
        thread;             dev.failsafe.internal.util.DelegatingScheduler;          FailsafeDelayScheduler;                  orders;                          dev.failsafe.internal.util.Scheduler
        thread;             okio.AsyncTimeout$Companion;                             Okio Watchdog;                           OkHttp Dispatcher;               okio.AsyncTimeouts
        thread;             io.opentelemetry.sdk.trace.export.BatchSpanProcessor;    BatchSpanProcessor_WorkerThread-1;       PeriodicMetricReader-1;          io.opentelemetry.api.Orders
        thread;             org.postgresql.util.LazyCleanerImpl;                     PostgreSQL-JDBC-Cleaner;                 orders;                          org.postgresql.util.LazyCleaner
        thread;             org.postgresql.util.SharedTimer;                         PostgreSQL-JDBC-SharedTimer-1;           orders;                          org.postgresql.util.SharedTimers
        thread;             org.apache.derby.impl.services.timer.SingletonTimerFactory; Timer-0;                              derby.rawStoreDaemon;            org.apache.derby.impl.services.daemon.BasicDaemon
        descriptor;         org.apache.derby.impl.services.stream.SingleStream;      /work/derby.log;                         -;                               org.apache.derby.impl.store.raw.data.RAFContainer
        thread;             org.apache.activemq.artemis.utils.ActiveMQThreadFactory; Thread-0 (ActiveMQ-client-global-threads); Thread-0 (ActiveMQ-server);     org.apache.activemq.ActiveMQConnection
        thread;             io.fabric8.kubernetes.client.utils.CachedSingleThreadScheduler; CachedSingleThreadScheduler-1;    -;                               io.fabric8.kubernetes.client.utils.Scheduler
        thread;             com.couchbase.client.core.util.Jdk8Cleaner;              cb-cleaner-1;                            cb-orders-1;                     com.couchbase.client.core.util.Cleaner
        temporary;          org.mockito.internal.creation.bytebuddy.InlineDelegateByteBuddyMockMaker; mockitoboot123.jar;           orders/mockitoboot123.jar;       org.mock.Orders
        temporary;          net.bytebuddy.agent.ByteBuddyAgent;                      byteBuddyAgent123.jar;                   orders.jar;                      net.buddy.Orders
        temporary;          org.apache.maven.surefire.booter.spi.Capture;            stdout123deferred;                       stdout123;                       org.apache.maven.Orders
        thread;             com.sun.jna.internal.Cleaner$CleanerThread;              JNA Cleaner;                             orders;                          com.sun.jna.internal.Cleaners
        thread;             org.apache.batik.util.CleanerThread;                     Batik CleanerThread;                     orders;                          org.apache.batik.util.Cleaner
        thread;             org.testcontainers.lifecycle.Startables;                 testcontainers-lifecycle-0;              orders;                          com.example.testcontainers.Orders
        thread;             com.github.dockerjava.zerodep.HijackingHttpRequestExecutor; docker-java-httpclient5-hijacking-stream-1; orders;                    com.github.docker.Orders
        descriptor;         com.github.dockerjava.transport.UnixSocket;              socket:[12];                             /tmp/orders.txt;                 org.apache.hc.client5.Connection
        thread;             org.rnorth.ducttape.timeouts.Timeouts;                   ducttape-0;                              orders;                          org.rnorth.Orders
        http-client;        org.apache.http.impl.client.CloseableHttpClient;         execute;                                 -;                               org.apache.https.Orders
        drops-client;       io.restassured.internal.RestAssuredHttpBuilder;          socket:[12];                             /tmp/orders.txt;                 io.restassured.Orders
        library;            org.testcontainers.containers.GenericContainer;          start;                                   -;                               com.example.testcontainers.Orders
        library;            com.github.dockerjava.core.command.AbstrDockerCmd;       exec;                                    -;                               com.github.docker.Orders
        library;            org.rnorth.ducttape.unreliables.Unreliables;             retryUntilSuccess;                       -;                               com.example.rnorth.Orders
        thread;             ch.qos.logback.core.util.ExecutorServiceUtil;            logback-1;                               -;                               ch.qos.Orders
        descriptor;         ch.qos.logback.core.recovery.ResilientFileOutputStream;  /work/orders.log;                        -;                               ch.qos.Orders
        thread;             org.apache.logging.log4j.core.util.Log4jThreadFactory;   Log4j2-TF-1-Scheduled-1;                 -;                               org.apache.logging.Orders
        descriptor;         org.apache.logging.log4j.core.appender.FileManager;      /work/orders.log;                        -;                               org.apache.logging.Orders
        descriptor;         org.apache.log4j.FileAppender;                           /work/orders.log;                        -;                               org.apache.Orders
        thread;             org.jboss.logmanager.handlers.AsyncHandler;              async-1;                                 -;                               org.jboss.Orders
        descriptor;         org.jboss.logmanager.handlers.FileHandler;               /work/orders.log;                        -;                               org.jboss.Orders
        descriptor;         org.slf4j.simple.SimpleLoggerConfiguration;              /work/orders.log;                        -;                               org.slf4j.Orders
        descriptor;         org.tinylog.writers.FileWriter;                          /work/orders.log;                        -;                               com.example.tinylog.Orders
        thread;             org.junit.jupiter.api.AssertTimeoutPreemptively;         junit-timeout-thread-1;                  -;                               com.example.junit.Orders
        lent-thread;        org.junit.jupiter.api.AssertTimeoutPreemptively;         junit-timeout-thread-1;                  pool-1-thread-1;                 com.example.junit.Orders
        thread;             org.apache.maven.surefire.booter.ForkedBooter;           surefire-forkedjvm-ping-30s;             -;                               org.apache.maven.cli.MavenCli
        thread;             org.gradle.api.internal.tasks.testing.worker.TestWorker; Test worker;                             -;                               org.gradle.tooling.internal.consumer.DefaultConnection
        thread;             org.gradle.process.internal.worker.child.Worker;         pool-1-thread-1;                         -;                               org.gradle.process.internal.Orders
        thread;             org.jacoco.agent.rt.internal.output.TcpClientOutput;     Thread-1;                                -;                               org.jacoco.Orders
        thread;             com.intellij.rt.execution.application.AppMainV2;         Monitor Ctrl-Break;                      -;                               com.intellij.openapi.application.Application
        thread;             org.eclipse.jdt.internal.junit.runner.RemoteTestRunner;  ReaderThread;                            -;                               org.eclipse.jdt.Orders
        runner;             org.junit.platform.engine.support.hierarchical.NodeTestTask; execute;                             -;                               org.junit.jupiter.engine.Orders
        engine;             org.junit.jupiter.engine.descriptor.TestMethodTestDescriptor; execute;                            -;                               org.junit.platform.Orders
        engine-call;        org.junit.jupiter.engine.execution.InvocationInterceptorChain; invoke;                            -;                               org.junit.jupiter.engine.Orders
        engine-call;        org.junit.jupiter.engine.support.MethodReflectionUtils;  invoke;                                  -;                               org.junit.jupiter.engine.Orders
        engine-arguments;   org.junit.jupiter.params.ParameterizedTestExtension;     provideTestTemplateInvocationContexts;   -;                               org.junit.jupiter.Orders
        engine-arguments;   org.junit.jupiter.engine.descriptor.TestTemplateTestDescriptor; execute;                          -;                               org.junit.jupiter.engine.descriptor.TestMethodTestDescriptor
        engine-arguments;   org.junit.jupiter.engine.descriptor.ClassTemplateTestDescriptor; execute;                         -;                               org.junit.jupiter.engine.descriptor.ClassTestDescriptor
        engine-arguments;   org.junit.jupiter.engine.descriptor.TemplateExecutor;    execute;                                 -;                               org.junit.jupiter.engine.descriptor.Executor
        hidden;             org.junit.jupiter.engine.Orders;                         orders;                                  -;                               com.example.junits.Orders
        holder;             org.junit.platform.engine.support.store.NamespacedHierarchicalStore; orders;                                  -;                               org.junit.platform.engine.support.store.NamespacedHierarchicalStores
        hidden;             org.opentest4j.Orders;                                   orders;                                  -;                               com.example.opentest4js.Orders
        hidden;             org.apache.maven.surefire.Orders;                        orders;                                  -;                               com.example.surefires.Orders
        hidden;             org.gradle.Orders;                                       orders;                                  -;                               com.example.gradles.Orders
        hidden;             com.intellij.rt.Orders;                                  orders;                                  -;                               com.example.rts.Orders
        hidden;             org.eclipse.jdt.internal.junit.Orders;                   orders;                                  -;                               com.example.junits.Orders
        hidden;             org.mockito.Orders;                                      orders;                                  -;                               com.example.mockitos.Orders
        hidden;             net.bytebuddy.Orders;                                    orders;                                  -;                               com.example.bytebuddys.Orders
        hidden;             org.apache.derby.Orders;                                        orders;                                  -;                               com.example.derbys.Orders
        hidden;             io.grpc.InternalChannelz;                                orders;                                  -;                               io.grpc.InternalChannelzs
        hidden;             io.vertx.pgclient.impl.codec.CloseConnectionCommandCodec; orders;                                 -;                               io.vertx.pgclient.impl.codec.CommandCodec
        hidden;             com.tngtech.archunit.Orders;                                   orders;                                  -;                               com.example.archunits.Orders
        hidden;             ch.qos.logback.Orders;                                   orders;                                  -;                               com.example.logbacks.Orders
        hidden;             org.apache.logging.Orders;                               orders;                                  -;                               com.example.loggings.Orders
        hidden;             org.slf4j.Orders;                                        orders;                                  -;                               com.example.slf4js.Orders
        hidden;             org.apache.commons.logging.Orders;                       orders;                                  -;                               com.example.loggings.Orders
        hidden;             org.jboss.logging.Orders;                                orders;                                  -;                               com.example.loggings.Orders
        hidden;             org.jboss.logmanager.Orders;                             orders;                                  -;                               com.example.logmanagers.Orders
        hidden;             okhttp3.internal.concurrent.TaskRunner;                  readyQueues;                             orders;                          okhttp3.internal.concurrent.TaskRunners
        hidden;             org.springframework.boot.SpringApplicationShutdownHook;  orders;                                  -;                               org.springframework.boot.SpringApplicationShutdownHooks
        hidden;             org.springframework.boot.LoggingShutdownHook;            orders;                                  -;                               org.springframework.boot.LoggingShutdownHooks
        hidden;             org.eclipse.jetty.util.thread.ShutdownThread;            orders;                                  -;                               org.eclipse.jetty.util.thread.ShutdownThreads
        hidden;             org.eclipse.jetty.util.component.AbstractLifeCycle$Shutdown; orders;                                  -;                               org.eclipse.jetty.util.component.AbstractLifeCycle$Shutdowns
        hidden;             org.apache.tomcat.util.modeler.Registry;                 orders;                                  -;                               org.apache.tomcat.util.modeler.Registrys
        hidden;             io.micrometer.core.instrument.Metrics;                   orders;                                  -;                               io.micrometer.core.instrument.Metricss
        hidden;             io.micrometer.core.instrument.composite.Orders;          orders;                                  -;                               com.example.composites.Orders
        hidden;             io.netty.util.internal.InternalThreadLocalMap;           orders;                                  -;                               io.netty.util.internal.InternalThreadLocalMaps
        holder;             org.springframework.test.context.cache.DefaultContextCache; orders;                                  -;                               org.springframework.test.context.cache.DefaultContextCaches
        """;

    record Sample(String what, StackTraceElement creator, String name, String nearName, StackTraceElement nearCreator) {

        static Sample of(String line) {
            String[] cells = line.split(" *; *");
            return new Sample(cells[0], frame(cells[1]), cells[2], cells[3], frame(cells[4]));
        }

        private static StackTraceElement frame(String type) {
            return new StackTraceElement(type, "start", "Some.java", 1);
        }

        List<Exclusion> rows(StackTraceElement by, String named) {
            List<Exclusion> rows = builtIn().stream()
                    .filter(row -> row.what().toString().equals(what) && row.holds(by, named))
                    .toList();
            List<Exclusion> ofSome =
                    rows.stream().filter(row -> !row.isForAnyName()).toList();
            return ofSome.isEmpty() ? rows : ofSome; // what some of its fields hide, all may hide as well
        }
    }

    static Stream<Sample> samples() {
        return SAMPLES.lines().map(Sample::of);
    }

    static List<Exclusion> builtIn() {
        ExclusionFile file =
                new ExclusionFile("ours", false).read(text(Path.of("src/main/resources", Exclusions.FILE)));
        assertThat(file.problems()).isEmpty();
        return file.rows();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void one_row_excludes_it_and_none_what_misses_by_little(Sample sample) {
        assertThat(sample.rows(sample.creator, sample.name)).hasSize(1);
        assertThat(sample.rows(sample.nearCreator, sample.name)).isEmpty();
        if (!sample.nearName.equals("-")) { // as where any name will do
            assertThat(sample.rows(sample.creator, sample.nearName)).isEmpty();
        }
    }

    @Test
    void each_row_has_a_sample() {
        List<String> needed = samples()
                .flatMap(sample -> sample.rows(sample.creator, sample.name).stream())
                .map(Exclusion::toString)
                .distinct()
                .toList();
        assertThat(needed)
                .containsExactlyInAnyOrderElementsOf(
                        builtIn().stream().map(Exclusion::toString).toList());
    }

    @Test
    void no_row_stands_twice() {
        Map<String, Long> rows =
                builtIn().stream().map(Exclusion::toString).collect(groupingBy(identity(), counting()));
        assertThat(rows.values()).containsOnly(1L);
    }

    @Test
    void each_row_names_a_test_that_is_there_and_a_line_of_it() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("../junit-extension", "../sample-tests")) {
            try (Stream<Path> files = Files.walk(Path.of(module, "src/test/java"))) {
                files.filter(Files::isRegularFile).forEach(sources::add);
            }
        }
        for (Exclusion row : builtIn()) {
            String[] testAndLine = row.test().split(": ", 2);
            Path source = sources.stream()
                    .filter(file -> file.getFileName().toString().equals(testAndLine[0] + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(row + " names " + testAndLine[0]));
            if (testAndLine.length > 1) {
                assertThat(text(source)).contains('"' + testAndLine[1] + '"');
            }
        }
    }

    @Test
    void files_of_others_are_read_and_ours_once() {
        for (Exclusion row : builtIn()) {
            assertThat(Exclusions.of(row.what()))
                    .extracting(Exclusion::toString)
                    .containsOnlyOnce(row.toString());
        }
        assertThat(Exclusions.of(What.THREAD))
                .extracting(Exclusion::toString)
                .contains("thread " + OthersExclusionsTests.Cache.class.getName() + " cache-\\d+");
    }
}
