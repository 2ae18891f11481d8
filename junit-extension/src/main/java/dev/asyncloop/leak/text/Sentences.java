package dev.asyncloop.leak.text;

import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.loop.snapshot.TaskKind;
import dev.asyncloop.text.Words;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words for the subject of a leak. They are the first line of an entry. */
public final class Sentences {

    private Sentences() {}

    /** What {@code subject} is, without a capital or a full stop. */
    public static String of(Subject subject) {
        return switch (subject) {
            case Subject.Task task ->
                (task.kind() == TaskKind.TASK ? "pending " : "") + task(task.kind(), task.name()) + " (" + task.state()
                        + ")";
            case Subject.Handle handle -> handle(handle);
            case Subject.DelayedCommand command -> "pending command of CompletableFuture.delayedExecutor";
            case Subject.Generator generator -> "unfinished async generator (" + generator.state() + ")";
            case Subject.Loop loop ->
                "unclosed event loop (" + (loop.running() ? "running, " : "") + count(loop.tasks(), "task")
                        + " pending)";
            case Subject.PlatformThread thread -> thread(thread);
            case Subject.Executor executor -> "unclosed " + executor.type() + " (" + state(executor) + ")";
            case Subject.KeptExecutor executor -> kept(executor);
            case Subject.Job job -> job(job);
            case Subject.Process process ->
                "child process " + process.pid() + (process.command().isEmpty() ? "" : " (" + process.command() + ")");
            case Subject.Loader loader ->
                "unclosed " + loader.type() + ", which holds open " + String.join(" and ", loader.archives());
            case Subject.Descriptors descriptors -> "open " + descriptors(descriptors);
            case Subject.Collected collected ->
                "what " + collected.opener() + " opened, closed only by the garbage collector";
            case Subject.CollectedClient client -> "HttpClient that nobody closed, ended only by the garbage collector";
            case Subject.Resource resource -> resource(resource);
            case Subject.TaskFailure failure ->
                "exception of " + task(failure.kind(), failure.name()) + " that nobody looked at ("
                        + thrown(failure.thrown()) + ")";
            case Subject.JobFailure failure ->
                "exception of a job that nobody looked at (" + thrown(failure.thrown()) + ")";
            case Subject.ThreadFailure failure ->
                "uncaught exception of " + (failure.virtual() ? "virtual thread " : "thread ") + quoted(failure.name())
                        + " (" + thrown(failure.thrown()) + ")";
            case Subject.Other other -> other.what();
        };
    }

    private static String task(TaskKind kind, String name) {
        return kind + " " + quoted(name);
    }

    private static String quoted(String name) {
        return name.isEmpty() ? "without a name" : '"' + name + '"';
    }

    private static String handle(Subject.Handle handle) {
        return handle.endless()
                ? handle.handle().kind() + " that goes on scheduling itself, "
                        + handle.handle().callback()
                : "pending " + handle.handle();
    }

    private static String resource(Subject.Resource resource) {
        return switch (resource.sort()) {
            case SHUTDOWN_HOOK -> "shutdown hook " + quoted(resource.name());
            case SHARED_ARENA -> "unclosed shared Arena";
            case RECORDING -> "unclosed JFR recording";
            case CONNECTOR_SERVER -> "running JMX connector server";
        };
    }

    private static String thread(Subject.PlatformThread thread) {
        return switch (thread.role()) {
            case HTTP_CLIENT -> "unclosed HttpClient";
            case TIMER -> "running Timer " + quoted(thread.name()) + state(thread);
            case WORKER ->
                "platform thread " + quoted(thread.name()) + state(thread) + ", of an executor that was shut down";
            case VIRTUAL ->
                "virtual thread " + quoted(thread.name()) + " ("
                        + thread.state().name().replace('_', ' ').toLowerCase(Locale.ROOT) + ", on no event loop)";
            case OWN -> "platform thread " + quoted(thread.name()) + state(thread);
        };
    }

    private static String state(Subject.PlatformThread thread) {
        return " (" + thread.state().name().replace('_', ' ').toLowerCase(Locale.ROOT)
                + (thread.daemon() ? ", daemon)" : ", no daemon: it may keep the JVM from ending)");
    }

    private static String state(Subject.Executor executor) {
        String threads = count(executor.threads(), "thread");
        String busy = executor.busy() < 0 ? "" : executor.busy() == 0 ? "idle, " : executor.busy() + " busy of ";
        long queued = executor.queued();
        return busy + threads + (queued == 0 ? "" : queued == 1 ? ", 1 task queued" : ", " + queued + " tasks queued");
    }

    private static String kept(Subject.KeptExecutor executor) {
        String command = executor.by().name().toLowerCase(Locale.ROOT) + " command";
        Duration due = executor.due();
        return executor.type() + " that was shut down, kept by " + executor.commands() + " " + command
                + (executor.commands() == 1 ? "" : "s")
                + (due == null
                        ? ""
                        : (executor.commands() == 1 ? ", due in " : ", the first due in ") + Words.rounded(due));
    }

    private static String job(Subject.Job job) {
        Duration due = job.due();
        String state = !job.worker().isEmpty()
                ? "running in thread " + quoted(job.worker())
                : due == null ? "queued" : "due in " + Words.rounded(due);
        return (job.coroutine() ? "pending coroutine" : job.periodic() ? "periodic job" : "pending job")
                + (job.common() ? " in the common pool" : job.pool().isEmpty() ? "" : " in a " + job.pool())
                + " (" + state + ")";
    }

    /** A number of things, such as {@code no task}, {@code 1 task} or {@code 2 tasks}. */
    private static String count(int number, String one) {
        return number == 0 ? "no " + one : number == 1 ? "1 " + one : number + " " + one + "s";
    }

    private static String descriptors(Subject.Descriptors open) {
        return open.composite()
                ? open.target().words()
                : (open.numbers().size() == 1 ? "file descriptor " : "file descriptors ")
                        + open.numbers().stream().map(String::valueOf).collect(Collectors.joining(", ")) + " -> "
                        + open.target().words();
    }

    private static String thrown(Subject.Thrown thrown) {
        return thrown.message().isEmpty() ? thrown.type() : thrown.type() + ": " + thrown.message();
    }
}
