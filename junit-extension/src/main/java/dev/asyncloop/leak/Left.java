package dev.asyncloop.leak;

import dev.asyncloop.jdk.DelayedCommands;
import dev.asyncloop.jdk.LoaderArchives;
import dev.asyncloop.jdk.Workers;
import dev.asyncloop.leak.exclusions.KeptForAll;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.registers.ThreadOrigins;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/** A platform thread, an executor, a process or the like that is there at the end of an account. */
sealed interface Left permits LeftCommand, LeftExecutor, LeftLoader, LeftProcess, LeftThread {

    Leak leak();

    /** Whether it could end by itself, soon. */
    boolean mayEnd();

    /** Whether the garbage collector could take it. */
    default boolean isPerhapsGarbage() {
        return false;
    }

    /** Whether that finding says all there is to say of it. */
    default boolean isPartOf(Leak found) {
        return false;
    }

    /** What is left of what began there: itself, the threads of an executor that was shut down, or nothing. */
    static Stream<Left> of(Beginning beginning) {
        return switch (beginning.get()) {
            case ExecutorService executor -> of(executor, beginning);
            case Process process
            when process.isAlive() && !KeptForAll.contains(beginning, List.of()) ->
                Stream.of(new LeftProcess(process, beginning.fromUserCode()));
            case Thread thread
            when thread.isAlive() && !Workers.isWorker(thread) -> {
                LeftThread left = new LeftThread(thread, beginning.fromUserCode(), false);
                boolean oneTests = left.isHttpClient() && !beginning.isInClassInitialiser();
                boolean excused = KeptForAll.contains(beginning, List.of(thread)) || RetiringLoops.isOne(thread);
                yield oneTests || !excused ? Stream.of(left) : Stream.empty();
            }
            case URLClassLoader loader when !KeptForAll.contains(beginning, List.of()) -> of(loader, beginning);
            case Object command
            when DelayedCommands.isOfUse(command) && isWantedByProject(beginning) ->
                Stream.of(new LeftCommand(beginning.fromUserCode()));
            case null, default -> Stream.empty();
        };
    }

    /** Libraries leave theirs, such as what tidies up a cache that is garbage by then. */
    private static boolean isWantedByProject(Beginning beginning) {
        return !beginning.isInClassInitialiser()
                && beginning.creator().filter(ProjectCode::isInFolder).isPresent();
    }

    private static Stream<Left> of(URLClassLoader loader, Beginning beginning) {
        List<String> archives = LoaderArchives.heldBy(loader).stream()
                .filter(ProcessDescriptors.INSTANCE::isOpen)
                .toList();
        return archives.isEmpty()
                ? Stream.empty()
                : Stream.of(new LeftLoader(loader.getClass().getSimpleName(), archives, beginning.fromUserCode()));
    }

    private static Stream<Left> of(ExecutorService executor, Beginning beginning) {
        List<Thread> workers = Workers.of(executor);
        if (KeptForAll.contains(beginning, workers)) {
            return Stream.empty();
        }
        List<StackTraceElement> created = beginning.fromUserCode();
        if (!executor.isShutdown()) {
            return Stream.of(new LeftExecutor(executor, workers, created));
        }
        return workers.stream().map(worker -> {
            Beginning started = ThreadOrigins.of(worker);
            return new LeftThread(worker, started == null ? created : started.fromUserCode(), true);
        });
    }
}
