package dev.asyncloop.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which threads of which libraries belong to nobody; a name alone never does it. */
class SingletonsTests {

    @CsvSource({
        "okhttp3.internal.concurrent.TaskRunner$RealBackend,  OkHttp TaskRunner,                    true",
        "okio.AsyncTimeout$Companion,                         Okio Watchdog,                        true",
        "reactor.core.scheduler.BoundedElasticScheduler,      boundedElastic-1,                     true",
        "reactor.core.scheduler.BoundedElasticScheduler,      orders-1,                             false",
        "kotlinx.coroutines.scheduling.CoroutineScheduler,    DefaultDispatcher-worker-3,           true",
        "kotlinx.coroutines.ThreadPoolDispatcherKt,           orders,                               false",
        "io.netty.util.concurrent.GlobalEventExecutor,        globalEventExecutor-1-1,              true",
        "shaded.io.netty.util.concurrent.GlobalEventExecutor, globalEventExecutor-1-1,              true",
        "audio.netty.util.concurrent.GlobalEventExecutor,     globalEventExecutor-1-1,              false",
        "io.netty.util.concurrent.ThreadPerTaskExecutor,      grpc-nio-worker-ELG-1-2,              true",
        "io.grpc.internal.GrpcUtil$1,                         grpc-default-executor-0,              true",
        "io.grpc.internal.GrpcUtil$1,                         orders-0,                             false",
        "io.netty.util.concurrent.SingleThreadEventExecutor,  nioEventLoopGroup-2-1,                false",
        "org.awaitility.core.InternalExecutorServiceFactory,  awaitility-thread,                    false",
        "org.junit.jupiter.api.AssertTimeoutPreemptively,     junit-timeout-thread-1,               true",
        "dev.asyncloop.jupiter.Caretaker,                     asyncloop-caretaker,                  true",
        "dev.asyncloop.loop.Handle,                           poller,                               false",
        "com.example.Orders,                                  boundedElastic-1,                     false",
        "com.example.Orders,                                  asyncloop-caretaker,                  false"
    })
    @ParameterizedTest
    void a_creator_and_a_name_make_a_singleton(String creator, String name, boolean singleton) {
        StackTraceElement frame = new StackTraceElement(creator, "start", "Some.java", 1);
        Thread thread = Thread.ofPlatform().name(name).unstarted(() -> {});
        assertThat(Singletons.contain(frame, List.of(thread))).isEqualTo(singleton);
    }
}
