package dev.asyncloop.leak;

import dev.asyncloop.jdk.Beginning;
import dev.asyncloop.jdk.CallStack;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Threads and executors that belong to no test though it needed them first: what a class initialiser made, what the
 * JDK makes for itself, ours, and what libraries keep for the whole JVM and make elsewhere.
 */
final class Singletons {

    /** The class that creates, also where it was moved into another package, and the names of the threads. */
    private static final List<Row> TABLE = """
        io.netty.util.concurrent.GlobalEventExecutor        .*
        io.netty.util.ThreadDeathWatcher                    .*
        io.netty.util.internal.ObjectCleaner                .*
        io.netty.util.concurrent.                           grpc-(default|nio)-(boss|worker)-ELG-.*
        io.grpc.                                            grpc-.*
        reactor.core.scheduler.                             (parallel|single|boundedElastic|loomBoundedElastic)-.*
        io.reactivex.rxjava3.internal.schedulers.           Rx.*
        okhttp3.                                            OkHttp .*
        okio.                                               Okio Watchdog
        kotlinx.coroutines.                                 DefaultDispatcher-worker-.*|kotlinx.coroutines.DefaultExecutor|Coroutines .*
        org.postgresql.                                     PostgreSQL-JDBC-.*
        org.testcontainers.                                 .*
        com.github.dockerjava.                              .*
        org.rnorth.ducttape.                                .*
        org.junit.                                          .*
        org.apache.maven.                                   .*
        org.gradle.                                         .*
        org.jacoco.                                         .*
        com.intellij.                                       .*
        org.eclipse.jdt.                                    .*
        """.lines().map(Row::parse).toList();

    private static final Pattern OURS = Pattern.compile("asyncloop-.*");

    private record Row(String creator, Pattern names) {

        static Row parse(String line) {
            String[] columns = line.strip().split(" +", 2);
            return new Row(columns[0], Pattern.compile(columns[1]));
        }

        boolean holds(StackTraceElement frame, Collection<Thread> threads) {
            return ("." + frame.getClassName()).contains("." + creator)
                    && threads.stream()
                            .allMatch(thread -> names.matcher(thread.getName()).matches());
        }
    }

    private Singletons() {}

    /** Whether what began there, with these threads if any, is one of them. */
    static boolean contain(Beginning beginning, Collection<Thread> threads) {
        return beginning.isInClassInitialiser()
                || beginning.creator().filter(frame -> !contain(frame, threads)).isEmpty();
    }

    /** Whether these threads, if any, that the code of {@code creator} wanted are of them. */
    static boolean contain(StackTraceElement creator, Collection<Thread> threads) {
        return CallStack.isJdk(creator)
                || (CallStack.isOurs(creator) && haveName(threads, OURS))
                || TABLE.stream().anyMatch(row -> row.holds(creator, threads));
    }

    private static boolean haveName(Collection<Thread> threads, Pattern name) {
        return threads.stream()
                .allMatch(thread -> name.matcher(thread.getName()).matches());
    }
}
