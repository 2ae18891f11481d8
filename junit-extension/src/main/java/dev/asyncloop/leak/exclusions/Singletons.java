package dev.asyncloop.leak.exclusions;

import dev.asyncloop.jdk.Beginning;
import dev.asyncloop.jdk.Workers;
import dev.asyncloop.leak.LeakPreset;
import dev.asyncloop.leak.LeakPreset.Singleton;
import dev.asyncloop.leak.LeakPreset.Thing;
import dev.asyncloop.leak.text.LeakLog;
import dev.asyncloop.origin.trace.CallStack;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;

/**
 * What belongs to no test though it needed it first: what a class initialiser made, what the JDK makes for itself, ours, and what
 * libraries keep for the whole JVM and make elsewhere, by the built-in presets and those on the class path.
 *
 * <p>Not here is what belongs to an object that can be closed, such as the housekeeper of a {@code HikariPool}, the threads of a
 * {@code Vertx} or of the dispatcher of an {@code OkHttpClient}.
 */
public final class Singletons {

    /** The class or package that creates threads, and their names. Of a runner or an agent any: what it starts, it ends. */
    private static final List<Singleton> BUILT_IN =
            """
            io.netty.util.concurrent.GlobalEventExecutor         globalEventExecutor-.*
            io.netty.util.ThreadDeathWatcher                     threadDeathWatcher-.*
            io.netty.util.internal.ObjectCleaner                 ObjectCleanerThread.*
            io.netty.util.concurrent.                            grpc-(default|nio)-(boss|worker)-ELG-.*
            io.netty.util.concurrent.                            (reactor-(tcp|http)|udp)-.*
            io.netty.util.concurrent.                            armeria-common-worker-.*
            io.micrometer.shaded.io.netty.util.concurrent.       udp-.*
            com.twitter.finagle.netty4.                          finagle/netty4-.*
            com.twitter.jvm.                                     util-jvm-timer-.*
            io.grpc.                                             grpc-.*|OkHttp(Client|Server)Transport
            reactor.core.scheduler.                              (parallel|single|boundedElastic|loomBoundedElastic)-.*
            io.reactivex.rxjava3.internal.schedulers.            Rx(ComputationThreadPool|Cached\\w+|SingleScheduler|SchedulerPurge)-.*
            io.reactivex.internal.schedulers.                    Rx(ComputationThreadPool|Cached\\w+|SingleScheduler|SchedulerPurge)-.*
            rx.internal.schedulers.                              Rx\\w+-.*
            org.apache.activemq.artemis.                         Thread-\\d+ \\((ActiveMQ-client-global-.*|.*InVMConnector)\\)
            okio.AsyncTimeout                                    Okio Watchdog
            kotlinx.coroutines.                                  DefaultDispatcher-worker-.*|kotlinx.coroutines.DefaultExecutor|Coroutines .*
            org.postgresql.util.LazyCleanerImpl                  PostgreSQL-JDBC-Cleaner
            org.postgresql.util.SharedTimer                      PostgreSQL-JDBC-SharedTimer-.*
            dev.failsafe.internal.util.DelegatingScheduler       ForkJoinPool-\\d+-worker-\\d+|FailsafeDelayScheduler
            org.apache.derby.impl.services.timer.                Timer-\\d+
            io.fabric8.kubernetes.client.utils.CachedSingleThreadScheduler .*
            com.couchbase.client.core.util.Jdk8Cleaner           cb-cleaner-\\d+
            com.sun.jna.internal.Cleaner                         JNA Cleaner
            org.apache.batik.util.CleanerThread                  Batik CleanerThread
            io.opentelemetry.sdk.                                Batch(Span|LogRecord)Processor_WorkerThread-\\d+
            org.testcontainers.                                  testcontainers-.*|tc-okhttp-stream-.*|docker-java-.*|idle-connection-evictor.*
            com.github.dockerjava.                               docker-java-.*|dockerjava-netty-.*|idle-connection-evictor.*
            org.rnorth.ducttape.                                 ducttape-.*
            ch.qos.logback.                                      .*
            org.apache.logging.log4j.                            .*
            org.jboss.logmanager.                                .*
            org.junit.                                           .*
            org.apache.maven.surefire.                           .*
            org.gradle.api.internal.tasks.testing.               .*
            org.gradle.process.internal.worker.                  .*
            org.jacoco.agent.rt.                                 .*
            com.intellij.rt.                                     .*
            org.eclipse.jdt.internal.junit.                      .*
            """.lines().map(Singletons::parse).toList();

    /** The Docker client of Testcontainers keeps its connections; on them it also follows what containers log. */
    private static final Singleton DOCKER_CLIENT = Singleton.descriptors("com.github.dockerjava.", "socket:.*");

    /** What the first test that logs something has opened, or one in which it is time for the next file. */
    private static final List<String> LOGGING = List.of(
            "ch.qos.logback.",
            "org.apache.logging.log4j.",
            "org.apache.log4j.",
            "org.jboss.logmanager.",
            "org.slf4j.simple.",
            "org.tinylog.",
            "org.apache.derby.impl.services.stream.");

    private static final List<Singleton> ALL = load();

    private Singletons() {}

    private static Singleton parse(String line) {
        String[] columns = line.strip().split(" +", 2);
        return Singleton.threads(columns[0], columns[1]);
    }

    private static List<Singleton> load() {
        List<Singleton> all = new ArrayList<>(BUILT_IN);
        all.add(DOCKER_CLIENT);
        for (String creator : LOGGING) {
            all.add(Singleton.descriptors(creator, ".*"));
        }
        for (LeakPreset preset : Services.load(ServiceLoader.load(LeakPreset.class), "leak preset")) {
            try {
                all.addAll(List.copyOf(preset.singletons()));
            } catch (RuntimeException thrown) {
                LeakLog.warn("The leak preset " + preset.getClass().getName() + " failed, and is left out", thrown);
            }
        }
        return List.copyOf(all);
    }

    /** Whether a library keeps a thread or executor, so that what it does is nobody's: who comes first needed it, and no more. */
    public static Predicate<Beginning> kept() {
        return Singletons::isKept; // with all presets loaded: it is asked when a thread starts
    }

    private static boolean isKept(Beginning beginning) {
        Collection<Thread> threads = switch (beginning.get()) {
            case Thread thread -> List.of(thread);
            case ExecutorService executor -> Workers.of(executor);
            case null, default -> List.of();
        };
        return !threads.isEmpty()
                && beginning.creator().filter(frame -> isNamed(frame, threads)).isPresent();
    }

    private static boolean isNamed(StackTraceElement creator, Collection<Thread> threads) {
        List<String> names = threads.stream().map(Thread::getName).toList();
        return ALL.stream().anyMatch(singleton -> singleton.holds(Thing.THREADS, creator, names));
    }

    /** Whether what began there, with these threads if any, is one of them. */
    public static boolean contain(Beginning beginning, Collection<Thread> threads) {
        return beginning.isInClassInitialiser()
                || beginning.creator().filter(frame -> !contain(frame, threads)).isEmpty();
    }

    /** Whether these threads, if any, that the code of {@code creator} wanted are of them. */
    public static boolean contain(StackTraceElement creator, Collection<Thread> threads) {
        return CallStack.isJdk(creator)
                || (CallStack.isOurs(creator)
                        && threads.stream().allMatch(thread -> thread.getName().startsWith("asyncloop-")))
                || isNamed(creator, threads);
    }

    /** Whether a descriptor that was opened there is one of them. */
    public static boolean contain(List<StackTraceElement> opened, String target) {
        return opened.stream()
                .filter(frame -> !CallStack.isJdk(frame))
                .findFirst()
                .filter(frame -> ALL.stream().anyMatch(one -> one.holds(Thing.DESCRIPTORS, frame, List.of(target))))
                .isPresent();
    }
}
