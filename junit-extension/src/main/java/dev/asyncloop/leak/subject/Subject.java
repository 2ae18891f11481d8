package dev.asyncloop.leak.subject;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.loop.snapshot.GeneratorState;
import dev.asyncloop.loop.snapshot.HandleSnapshot;
import dev.asyncloop.loop.snapshot.TaskKind;
import dev.asyncloop.loop.snapshot.TaskState;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a leak is about, as facts; {@link Leak#what} says the same in words. More sorts of subject may be added.
 * Immutable.
 */
public sealed interface Subject {

    /** A task that is not done. */
    record Task(TaskKind kind, String name, TaskState state) implements Subject {}

    /**
     * A call that a loop has yet to make: a callback, a timer or a command.
     *
     * @param endless whether it goes on scheduling itself
     */
    record Handle(HandleSnapshot handle, boolean endless) implements Subject {}

    /** A command of {@code CompletableFuture.delayedExecutor}. */
    record DelayedCommand() implements Subject {}

    /**
     * An async generator that is neither finished nor closed.
     *
     * @param state what its body was doing, such as {@code suspended in emit}
     */
    record Generator(GeneratorState state) implements Subject {}

    /**
     * An event loop that is not closed.
     *
     * @param tasks how many of its tasks were not done
     */
    record Loop(boolean running, int tasks) implements Subject {}

    /** A platform thread, or a virtual thread that is on no loop. */
    record PlatformThread(Role role, String name, Thread.State state, boolean daemon) implements Subject {

        /** What the thread is for. */
        public enum Role {
            /** It runs by itself. */
            OWN,
            /** It is a virtual thread, and on no loop. */
            VIRTUAL,
            /** It works for an executor that was shut down. */
            WORKER,
            /** It is the thread of a {@link java.util.Timer}. */
            TIMER,
            /** It is the thread of an {@code HttpClient}. */
            HTTP_CLIENT
        }
    }

    /**
     * An executor that is not shut down.
     *
     * @param type the name of its class
     * @param busy the number of its threads that were at work; -1 if it does not say
     * @param queued the number of jobs that waited for a thread
     */
    record Executor(String type, int threads, int busy, long queued) implements Subject {}

    /**
     * An executor that was shut down, and that commands keep alive until they are due.
     *
     * @param type the name of its class
     * @param commands how many there are; at least one
     * @param due the time until the first is due; null if it is not known
     */
    record KeptExecutor(
            String type, long commands, By by, @Nullable Duration due) implements Subject {

        /** What sort of command keeps it. */
        public enum By {
            DELAYED,
            PERIODIC,
            /** The command was cancelled, but waits in the queue until it is due. */
            CANCELLED
        }
    }

    /**
     * A job that was given to an executor and has not ended.
     *
     * @param coroutine whether it is a coroutine of kotlinx
     * @param pool the name of the executor's class; empty if it is not known
     * @param common whether it is the common pool
     * @param worker the name of the thread that does it; empty if none does
     * @param due the time until it begins; null if it only waits for a thread
     */
    record Job(
            boolean coroutine,
            String pool,
            boolean common,
            String worker,
            boolean periodic,
            @Nullable Duration due) implements Subject {}

    /**
     * A process that has not ended.
     *
     * @param command its command line, or what is known of that; may be empty
     */
    record Process(long pid, String command) implements Subject {}

    /**
     * A class loader that is not closed.
     *
     * @param type the name of its class
     * @param archives the archives that it holds open
     */
    record Loader(String type, List<String> archives) implements Subject {}

    /**
     * One open object, with all its file descriptors.
     *
     * @param numbers its descriptors, ascending
     * @param target what is open, such as a path or a socket with its addresses
     * @param composite whether the words of {@code target} name the parts and their numbers, as for a selector
     */
    record Descriptors(List<Integer> numbers, Target target, boolean composite) implements Subject {}

    /**
     * Something that only the garbage collector closed.
     *
     * @param opener the method of the JDK that opened it, such as {@code new FileInputStream}
     */
    record Collected(String opener) implements Subject {}

    /** A {@code java.net.http.HttpClient} that only the garbage collector ended. */
    record CollectedClient() implements Subject {}

    /**
     * Something else that has to be closed or removed by hand.
     *
     * @param name what tells it from others of its sort; may be empty
     */
    record Resource(Sort sort, String name) implements Subject {

        /** What it is. */
        public enum Sort {
            /** A thread that runs when the JVM ends. */
            SHUTDOWN_HOOK,
            SHARED_ARENA,
            RECORDING,
            CONNECTOR_SERVER
        }
    }

    /** The exception of a failed task. */
    record TaskFailure(TaskKind kind, String name, Thrown thrown) implements Subject {}

    /** The exception that a job in an executor ended with. */
    record JobFailure(Thrown thrown) implements Subject {}

    /** The exception that ended a thread. */
    record ThreadFailure(boolean virtual, String name, Thrown thrown) implements Subject {}

    /**
     * A description of a throwable.
     *
     * @param type the name of its class
     * @param message the first line of its message; may be empty
     */
    record Thrown(String type, String message) {}

    /** Anything else, in words. */
    record Other(String what) implements Subject {}
}
