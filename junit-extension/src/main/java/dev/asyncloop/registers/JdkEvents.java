package dev.asyncloop.registers;

import dev.asyncloop.agent.HookSet;
import dev.asyncloop.agent.HookTable;
import java.io.FileDescriptor;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The events in the JDK, and in kotlinx's coroutines, that the registers are told of: in which class, what happens, in
 * which of its methods, before or after what.
 *
 * <p>They stand together, so that all are registered before the first register listens: inserting them at once is
 * cheaper.
 */
final class JdkEvents {

    /** Name that {@link CombinedFutureEvents} has in {@code java.base}. */
    private static final String OF_FUTURES = "java.util.concurrent.AsyncloopCombinedFutureEvents";

    /** Name that {@link JobEvents} has in {@code java.base}. */
    static final String OF_JOBS = "java.util.concurrent.AsyncloopJobEvents";

    /** Name that {@link ThreadEvents} has in {@code java.base}. */
    static final String OF_THREADS = "java.lang.AsyncloopThreadEvents";

    /** Name that {@link DescriptorEvents} has in {@code java.base}. */
    static final String OF_DESCRIPTORS = "java.io.AsyncloopDescriptorEvents";

    /**
     * The platform threads, virtual threads, executors and the like that begin, and what else is made and ended.
     *
     * <p>A virtual thread is told where it is added to the set of its executor, or to that of all that are in no executor
     * and no scope. To edit its own class would give its lambda another class, by which {@code LoopThreads} knows it.
     * The {@code facadeCleanup} of an HttpClient is called when the collector has taken what its user had. An exception
     * that ends a coroutine of kotlinx, and that nobody handles, is told to the thread's handler by kotlinx itself.
     */
    private static final String THREAD_HOOKS = """
        java.lang.Thread starting start                     before Thread.start0
        java.lang.Thread dying    dispatchUncaughtException before Thread$UncaughtExceptionHandler.uncaughtException

        kotlinx.coroutines.internal.CoroutineExceptionHandlerImplKt dying propagateExceptionFinalResort before Thread$UncaughtExceptionHandler.uncaughtException
        kotlinx.coroutines.CoroutineExceptionHandlerImplKt          dying handleCoroutineExceptionImpl  before Thread$UncaughtExceptionHandler.uncaughtException

        jdk.internal.vm.ThreadContainers$RootContainer$TrackingRootContainer startingVirtual onStart before Set.add
        java.util.concurrent.ThreadPerTaskExecutor                             startingVirtual start   before Set.add

        java.util.concurrent.ThreadPoolExecutor              constructed <init> before end
        java.util.concurrent.ForkJoinPool                    constructed <init> before end
        java.util.concurrent.ThreadPerTaskExecutor           constructed <init> before end
        java.lang.ProcessImpl                                constructed <init> before end
        java.net.URLClassLoader                              constructed <init> before end
        java.util.concurrent.CompletableFuture$TaskSubmitter constructed <init> before end
        java.util.concurrent.CompletableFuture$TaskSubmitter handing     run    before Executor.execute

        java.lang.ApplicationShutdownHooks                 made  add           before IdentityHashMap.put
        java.lang.ApplicationShutdownHooks                 ended remove        before IdentityHashMap.remove
        jdk.internal.net.http.HttpClientImpl               made  <init>        before end
        jdk.internal.net.http.HttpClientImpl               ended shutdown      before end
        jdk.internal.net.http.HttpClientImpl               ended facadeCleanup before end
        jdk.internal.foreign.SharedSession                 made  <init>        before end
        jdk.internal.foreign.SharedSession                 ended justClose     before end
        jdk.jfr.Recording                                  made  <init>        before end
        jdk.jfr.Recording                                  ended close         before end
        javax.management.remote.rmi.RMIConnectorServer     made  start         before end
        javax.management.remote.rmi.RMIConnectorServer     ended stop          before end
        """;

    /**
     * Nearly all descriptors have a {@link FileDescriptor}; the others are opened by the calls listed here. Some
     * channels are listed because nothing closes their descriptor when they are lost. The streams of {@code java.io}
     * are listed because a cleaner closes their descriptor by its number, which must be known before.
     *
     * <p>A channel that a selector has keeps its descriptor when its user closes it, until the selector selects again.
     * So that it is closed is told, too.
     *
     * <p>Not seen are descriptors that native code opens by itself. A directory stream has two descriptors, and the
     * closing of one of them is not seen; it is noticed when the number is used again.
     */
    private static final String DESCRIPTOR_HOOKS = """
        java.io.FileDescriptor                       constructed <init> before end
        java.io.FileInputStream                      constructed <init> before end
        java.io.FileOutputStream                     constructed <init> before end
        java.io.RandomAccessFile                     constructed <init> before end
        sun.nio.ch.SocketChannelImpl                 constructed <init> before end
        sun.nio.ch.ServerSocketChannelImpl           constructed <init> before end
        sun.nio.ch.SourceChannelImpl                 constructed <init> before end
        sun.nio.ch.SinkChannelImpl                   constructed <init> before end
        sun.nio.ch.SimpleAsynchronousFileChannelImpl constructed <init> before end

        sun.nio.ch.EPollSelectorImpl         opened   <init>             after  EPoll.create
        sun.nio.ch.EPollPort                 opened   <init>             after  EPoll.create
        sun.nio.ch.EPollPort                 opened   <init>             after  IOUtil.makePipe
        sun.nio.ch.EPollPoller               opened   <init>             after  EPoll.create
        sun.nio.ch.EventFD                   opened   <init>             after  EventFD.eventfd0
        sun.nio.ch.EPollSelectorImpl         wrapping <init>             before IOUtil.newFD
        sun.nio.ch.PollSelectorImpl          opened   <init>             after  IOUtil.makePipe
        sun.nio.fs.LinuxWatchService         opened   <init>             after  LinuxWatchService.inotifyInit
        sun.nio.fs.LinuxWatchService         opened   <init>             after  LinuxWatchService.socketpair
        sun.nio.fs.UnixFileSystemProvider    opened   newDirectoryStream after  UnixNativeDispatcher.open
        sun.nio.fs.UnixFileSystemProvider    opened   newDirectoryStream after  UnixNativeDispatcher.dup
        sun.nio.fs.UnixSecureDirectoryStream opened   newDirectoryStream after  UnixNativeDispatcher.openat
        sun.nio.fs.UnixSecureDirectoryStream opened   newDirectoryStream after  UnixNativeDispatcher.dup

        java.io.FileDescriptor          closing close          before FileDescriptor.close0
        java.io.FileCleanable           closing performCleanup before FileCleanable.fd
        sun.nio.ch.UnixDispatcher       closing close          before UnixDispatcher.close0
        sun.nio.ch.EPollSelectorImpl    closing *              before FileDispatcherImpl.closeIntFD
        sun.nio.ch.EPollPort            closing *              before FileDispatcherImpl.closeIntFD
        sun.nio.ch.EventFD              closing *              before FileDispatcherImpl.closeIntFD
        sun.nio.ch.PollSelectorImpl     closing *              before FileDispatcherImpl.closeIntFD
        sun.nio.fs.UnixNativeDispatcher closing close          before UnixNativeDispatcher.close0

        java.nio.channels.spi.AbstractSelectableChannel closed implCloseChannel before end
        """;

    /**
     * Where jobs are given, begin and end: every job of a {@code ForkJoinPool} is pushed to one of its queues, from JDK
     * 25 on also when its delay is over. A future is looked at by whoever asks for its result, or lets something depend
     * on it.
     */
    private static final String JOB_HOOKS = """
        java.util.concurrent.ThreadPoolExecutor          given  execute             before locals:1,0
        java.util.concurrent.ScheduledThreadPoolExecutor given  delayedExecute      before locals:1,0
        java.util.concurrent.ForkJoinPool                given  scheduleDelayedTask before locals:1,0
        java.util.concurrent.ForkJoinPool$WorkQueue      given  push                before locals:1,2
        java.util.concurrent.ThreadPoolExecutor          refused reject             before locals:1,0

        java.util.concurrent.ThreadPoolExecutor          begun  runWorker           before Runnable.run
        java.util.concurrent.ThreadPoolExecutor          ended  runWorker           before ThreadPoolExecutor.afterExecute
        java.util.concurrent.ForkJoinTask                begun  doExec              before locals:0,0
        java.util.concurrent.ForkJoinTask                ended  doExec              before end

        java.util.concurrent.FutureTask                  failed setException        before locals:0,1
        java.util.concurrent.FutureTask                  looked report              before locals:0,0
        java.util.concurrent.FutureTask                  looked state               before locals:0,0

        java.util.concurrent.ForkJoinTask failed trySetThrown          before locals:0,1
        java.util.concurrent.ForkJoinTask looked getException          before locals:0,0
        java.util.concurrent.ForkJoinTask looked getThrowableException before locals:0,0
        java.util.concurrent.ForkJoinTask looked isCompletedAbnormally before locals:0,0
        java.util.concurrent.ForkJoinTask looked isCompletedNormally   before locals:0,0
        java.util.concurrent.ForkJoinTask looked resultNow             before locals:0,0
        java.util.concurrent.ForkJoinTask looked state                 before locals:0,0
        """ + futures() + coroutines();

    /**
     * Coroutines of kotlinx. Its dispatchers are executors of its own; but whichever runs a part of a coroutine, runs a
     * {@code DispatchedTask}, and what is over after a delay is a {@code DelayedResumeTask}.
     */
    private static String coroutines() {
        return """
            kotlinx.coroutines.AbstractCoroutine launched  start                before locals:0,1
            kotlinx.coroutines.AbstractCoroutine completed onCompletionInternal before end

            kotlinx.coroutines.scheduling.CoroutineScheduler dispatched dispatch      before locals:1,0
            kotlinx.coroutines.internal.LimitedDispatcher    dispatched dispatch      before locals:2,0
            kotlinx.coroutines.internal.LimitedDispatcher    dispatched dispatchYield before locals:2,0
            kotlinx.coroutines.EventLoopImplBase             dispatched schedule      before locals:3,0

            kotlinx.coroutines.DispatchedTask                      resumed   run before locals:0,0
            kotlinx.coroutines.DispatchedTask                      suspended run before end
            kotlinx.coroutines.EventLoopImplBase$DelayedResumeTask resumed   run before locals:0,0
            kotlinx.coroutines.EventLoopImplBase$DelayedResumeTask suspended run before end
            """;
    }

    /**
     * Of a future that is complete, these read the result; of others, they leave something that shows. One that waits
     * for a future may do its job itself first, as a worker, and then leaves nothing: so the end of waiting is told,
     * too. A stage is told when it depends on the future, since that may fail while the stage is being made. The other
     * one of two futures, and one that a function returned, are asked by {@code toCompletableFuture}.
     */
    private static String futures() {
        StringBuilder rows = new StringBuilder();
        String type = "java.util.concurrent.CompletableFuture";
        rows.append(type).append(" failed completeThrowable(Ljava/lang/Throwable;)Z before locals:0,1\n");
        for (String reader : List.of(
                "get",
                "join",
                "getNow",
                "resultNow",
                "exceptionNow",
                "state",
                "isCompletedExceptionally",
                "toCompletableFuture",
                "uniCopyStage",
                "uniAsMinimalStage")) {
            rows.append(type).append(" looked ").append(reader).append(" before locals:0,0\n");
        }
        for (String stage : List.of(
                "uniApplyStage",
                "uniAcceptStage",
                "uniRunStage",
                "uniWhenCompleteStage",
                "uniHandleStage",
                "uniExceptionallyStage",
                "uniComposeExceptionallyStage",
                "uniComposeStage",
                "biApplyStage",
                "biAcceptStage",
                "biRunStage",
                "orApplyStage",
                "orAcceptStage",
                "orRunStage")) {
            rows.append(type).append(" looked ").append(stage).append(" before end\n");
        }
        for (String waiting : List.of("waitingGet", "timedGet")) {
            rows.append(type).append(" looked ").append(waiting).append(" before end\n");
        }
        return rows.toString();
    }

    /**
     * The methods that read the elements of an array of futures: that of {@code allOf}, and {@code anyOf} itself. The
     * neighbour is not CompletableFuture, or it would be loaded before it is edited.
     */
    static final HookSet<Consumer<Consumer<Object>>> FUTURES = HookTable.OF_THIS_JVM.register(
            new HookSet<>(CombinedFutureEvents.class, OF_FUTURES, ConcurrentMap.class, """
                java.util.concurrent.CompletableFuture read andTree after []
                java.util.concurrent.CompletableFuture read anyOf   after []
                """));

    static final HookSet<Consumer<ObjIntConsumer<Object>>> THREADS =
            HookTable.OF_THIS_JVM.register(new HookSet<>(ThreadEvents.class, OF_THREADS, Thread.class, THREAD_HOOKS));

    static final HookSet<BiConsumer<ObjIntConsumer<@Nullable FileDescriptor>, ObjIntConsumer<@Nullable Object>>>
            DESCRIPTORS = HookTable.OF_THIS_JVM.register(
                    new HookSet<>(DescriptorEvents.class, OF_DESCRIPTORS, FileDescriptor.class, DESCRIPTOR_HOOKS));

    static final HookSet<Consumer<List<BiConsumer<@Nullable Object, @Nullable Object>>>> JOBS =
            HookTable.OF_THIS_JVM.register(new HookSet<>(JobEvents.class, OF_JOBS, ConcurrentMap.class, JOB_HOOKS));

    private JdkEvents() {}
}
