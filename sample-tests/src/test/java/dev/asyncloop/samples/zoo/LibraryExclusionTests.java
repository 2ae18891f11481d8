package dev.asyncloop.samples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.EchoEncoder;
import com.sun.jna.Memory;
import com.zaxxer.hikari.HikariDataSource;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.Leaks;
import dev.asyncloop.loop.ThrowingRunnable;
import dev.asyncloop.samples.OtherJvm;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.reactivex.rxjava3.core.Flowable;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.FileHandler;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineDispatcher;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ExecutorCoroutineDispatcher;
import kotlinx.coroutines.ThreadPoolDispatcherKt;
import okio.AsyncTimeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;
import org.postgresql.util.LazyCleanerImpl;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What libraries keep for the whole JVM is no leak of the test that needs it first; what belongs to an object that somebody can
 * close is one. In a JVM of its own, where nobody needed them before.
 */
class LibraryExclusionTests {

    static class Program {

        private static final Map<String, ThrowingRunnable> USES = new LinkedHashMap<>();
        private static final List<Object> LEFT = new ArrayList<>();

        public static void main(String[] arguments) throws Exception {
            USES.put(
                    "Netty's global executor",
                    () -> GlobalEventExecutor.INSTANCE.submit(() -> {}).get());
            USES.put(
                    "Reactor's parallel",
                    () -> Mono.fromCallable(() -> 1)
                            .subscribeOn(Schedulers.parallel())
                            .block());
            USES.put(
                    "Reactor's bounded elastic",
                    () -> Mono.fromCallable(() -> 1)
                            .subscribeOn(Schedulers.boundedElastic())
                            .block());
            USES.put(
                    "Reactor's single",
                    () -> Mono.fromCallable(() -> 1)
                            .subscribeOn(Schedulers.single())
                            .block());
            USES.put("Reactor's own scheduler", () -> run(Schedulers.newSingle("orders")));
            USES.put("RxJava's io", () -> use(io.reactivex.rxjava3.schedulers.Schedulers.io()));
            USES.put("RxJava's computation", () -> use(io.reactivex.rxjava3.schedulers.Schedulers.computation()));
            USES.put("RxJava's single", () -> use(io.reactivex.rxjava3.schedulers.Schedulers.single()));
            USES.put("RxJava's new thread", Program::leaveWorker);
            USES.put("Okio's watchdog", Program::limit);
            USES.put("Kotlin's default dispatcher", () -> dispatch(Dispatchers.getDefault()));
            USES.put("Kotlin's IO dispatcher", () -> dispatch(Dispatchers.getIO()));
            USES.put(
                    "Kotlin's delays",
                    () -> BuildersKt.runBlocking(
                            Dispatchers.getUnconfined(), (scope, then) -> DelayKt.delay(1L, then)));
            USES.put("Kotlin's own threads", () -> {
                ExecutorCoroutineDispatcher own = ThreadPoolDispatcherKt.newSingleThreadContext("orders");
                LEFT.add(own);
                dispatch(own);
            });
            USES.put("PostgreSQL's cleaner", () -> LazyCleanerImpl.getInstance().register(LEFT, leaked -> {}));
            USES.put("PostgreSQL's timer", () -> Driver.getSharedTimer().getTimer());
            USES.put(
                    "Failsafe's scheduler and pool",
                    () -> Failsafe.with(RetryPolicy.ofDefaults())
                            .getAsync(() -> 42)
                            .get());
            USES.put("Logback's file", () -> LEFT.add(appender(Path.of(arguments[0]))));
            USES.put("the file of the JDK's logging", () -> LEFT.add(Logger.getLogger("orders")));
            USES.put("a file handler of one's own", () -> LEFT.add(new FileHandler(arguments[0] + "/own.log")));
            USES.put("JNA's cleaner", () -> LEFT.add(new Memory(1)));
            USES.put("OpenTelemetry's processor, closed", Program::trace);
            System.setProperty("derby.system.home", arguments[0]);
            USES.put(
                    "Derby's database, which is left, but not its log and timer",
                    () -> DriverManager.getConnection("jdbc:derby:memory:orders;create=true")
                            .close());
            USES.put("HikariCP", () -> LEFT.add(pool(Path.of(arguments[0]))));
            USES.put("Vert.x", () -> LEFT.add(Vertx.vertx()));
            USES.forEach((name, use) -> System.out.println(name + ": " + kinds(Leaks.find(name, use))));
            System.exit(0); // though some are left
        }

        private static String kinds(List<Leak> leaks) {
            return leaks.stream()
                    .map(leak -> leak.kind().toString())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
        }

        private static void use(io.reactivex.rxjava3.core.Scheduler scheduler) {
            assertThat(Flowable.just(1).subscribeOn(scheduler).blockingFirst()).isEqualTo(1);
        }

        private static void run(reactor.core.scheduler.Scheduler scheduler) throws InterruptedException {
            LEFT.add(scheduler);
            CountDownLatch ran = new CountDownLatch(1);
            scheduler.schedule(ran::countDown);
            ran.await();
        }

        private static void leaveWorker() throws InterruptedException {
            var worker = io.reactivex.rxjava3.schedulers.Schedulers.newThread().createWorker();
            LEFT.add(worker);
            CountDownLatch ran = new CountDownLatch(1);
            worker.schedule(ran::countDown);
            ran.await();
        }

        private static void limit() {
            AsyncTimeout limit = new AsyncTimeout();
            limit.timeout(1, TimeUnit.HOURS);
            limit.enter();
            limit.exit();
        }

        private static void dispatch(CoroutineDispatcher dispatcher) throws InterruptedException {
            CountDownLatch ran = new CountDownLatch(1);
            dispatcher.dispatch(EmptyCoroutineContext.INSTANCE, ran::countDown);
            ran.await();
        }

        private static void trace() {
            BatchSpanProcessor spans =
                    BatchSpanProcessor.builder(SpanExporter.composite()).build();
            try (SdkTracerProvider provider =
                    SdkTracerProvider.builder().addSpanProcessor(spans).build()) {
                provider.get("orders").spanBuilder("order").startSpan().end();
            }
        }

        private static FileAppender<String> appender(Path folder) {
            FileAppender<String> appender = new FileAppender<>();
            appender.setContext(new ContextBase());
            appender.setEncoder(new EchoEncoder<>());
            appender.setFile(folder.resolve("logback.log").toString());
            appender.start();
            return appender;
        }

        private static HikariDataSource pool(Path folder) throws Exception {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl("jdbc:h2:" + folder.resolve("orders"));
            pool.setMaximumPoolSize(1);
            pool.getConnection().close();
            return pool;
        }
    }

    @Test
    void what_a_library_keeps_for_the_jvm_is_no_leak_and_what_can_be_closed_is(@TempDir Path folder) throws Exception {
        Path logging = folder.resolve("logging.properties");
        Files.writeString(logging, """
            orders.handlers = java.util.logging.FileHandler
            java.util.logging.FileHandler.pattern = %s/jdk.log
            """.formatted(folder));
        ProcessBuilder jvm = OtherJvm.of(Program.class, List.of(folder.toString()));
        // or they might end before anybody looks
        jvm.command()
                .addAll(
                        1,
                        List.of(
                                "-Djava.util.logging.config.file=" + logging,
                                "-Dio.netty.globalEventExecutor.quietPeriodSeconds=60",
                                "-Dkotlinx.coroutines.DefaultExecutor.keepAlive=60000"));
        assertThat(OtherJvm.output(jvm, folder)).isEqualTo("""
            Netty's global executor:\s
            Reactor's parallel:\s
            Reactor's bounded elastic:\s
            Reactor's single:\s
            Reactor's own scheduler: executor
            RxJava's io:\s
            RxJava's computation:\s
            RxJava's single:\s
            RxJava's new thread: executor
            Okio's watchdog:\s
            Kotlin's default dispatcher:\s
            Kotlin's IO dispatcher:\s
            Kotlin's delays:\s
            Kotlin's own threads: executor
            PostgreSQL's cleaner:\s
            PostgreSQL's timer:\s
            Failsafe's scheduler and pool:\s
            Logback's file:\s
            the file of the JDK's logging:\s
            a file handler of one's own: file-descriptor
            JNA's cleaner:\s
            OpenTelemetry's processor, closed:\s
            Derby's database, which is left, but not its log and timer: platform-thread
            HikariCP: executor, file-descriptor, platform-thread
            Vert.x: executor, file-descriptor, platform-thread
            """);
    }
}
