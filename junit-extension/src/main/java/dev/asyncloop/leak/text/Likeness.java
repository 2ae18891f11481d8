package dev.asyncloop.leak.text;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a leak's subject has in common with others, and what it has of its own.
 *
 * <p>Things that were created on the same known line are alike, whatever they are called. Other things are alike if
 * they differ only in numbers.
 *
 * @param common the facts that subjects which are alike share
 * @param own the facts of one subject, such as its name and numbers; in the same order for all that are alike
 */
record Likeness(List<Object> common, List<String> own) {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** What differs in the words of others, such as the message of an exception. */
    private static final Pattern NAME_OR_NUMBER = Pattern.compile("\"[^\"]*\"|(?<!\\S)/\\S+|\\d+");

    static Likeness of(Leak leak) {
        return new Collector(!leak.created().isEmpty()).collect(leak.subject());
    }

    /** Sorts the facts of one subject. */
    private static final class Collector {

        private final boolean sameLine;
        private final List<Object> common = new ArrayList<>();
        private final List<String> own = new ArrayList<>();

        Collector(boolean sameLine) {
            this.sameLine = sameLine;
        }

        Likeness collect(Subject subject) {
            common.add(subject.getClass());
            switch (subject) {
                case Subject.Task task ->
                    name(task.name()).common(task.kind(), task.state().phase()); // its stack tells what it waits in
                case Subject.Handle handle ->
                    own(handle.handle().when())
                            .common(handle.handle().kind(), handle.endless())
                            .words(handle.handle().callback());
                case Subject.DelayedCommand command -> {}
                case Subject.Generator generator -> {} // its stack tells what it does
                case Subject.Loop loop -> own(loop.tasks()).common(loop.running());
                case Subject.PlatformThread thread -> thread(thread);
                case Subject.Executor executor ->
                    own(executor.busy())
                            .own(executor.threads())
                            .own(executor.queued())
                            .common(executor.type(), Integer.signum(executor.busy()));
                case Subject.KeptExecutor executor -> {
                    own(executor.commands()).common(executor.type(), executor.by());
                    own(Optional.ofNullable(executor.due()).map(Words::rounded).orElse(""));
                }
                case Subject.Job job -> {
                    common(job.coroutine(), job.pool(), job.worker().isEmpty(), job.periodic());
                    own(Optional.ofNullable(job.due()).map(Words::rounded).orElse(""))
                            .own(job.worker());
                }
                case Subject.Process process -> own(process.pid()).words(process.command());
                case Subject.Loader loader -> {
                    common(loader.type(), loader.archives().size());
                    loader.archives().forEach(this::path);
                }
                case Subject.Descriptors descriptors -> descriptors(descriptors);
                case Subject.Collected collected -> common(collected.opener());
                case Subject.CollectedClient client -> {}
                case Subject.Resource resource -> name(resource.name()).common(resource.sort());
                case Subject.TaskFailure failure ->
                    name(failure.name()).common(failure.kind()).thrown(failure.thrown());
                case Subject.JobFailure failure -> thrown(failure.thrown());
                case Subject.ThreadFailure failure ->
                    name(failure.name()).common(failure.virtual()).thrown(failure.thrown());
                case Subject.Other other -> words(other.what());
            }
            return new Likeness(common, own);
        }

        private void thread(Subject.PlatformThread thread) {
            common(thread.role(), thread.state(), thread.daemon());
            if (thread.role() != Subject.PlatformThread.Role.HTTP_CLIENT) { // messages do not show its name
                name(thread.name());
            }
        }

        private void descriptors(Subject.Descriptors open) {
            open.numbers().forEach(this::own);
            common(open.numbers().size(), open.target().sort())
                    .path(open.target().name());
        }

        private void thrown(Subject.Thrown thrown) {
            common(thrown.type()).words(thrown.message());
        }

        private Collector common(Object... facts) {
            common.addAll(List.of(facts));
            return this;
        }

        private Collector own(Object fact) {
            own.add(fact.toString());
            return this;
        }

        private Collector name(String name) {
            common.add(name.isEmpty());
            return identity(name, '"' + name + '"');
        }

        private void path(String path) {
            identity(path, path);
        }

        private Collector identity(String name, String told) {
            if (!sameLine) {
                common.add(NUMBER.matcher(name).replaceAll("#"));
            }
            return own(told);
        }

        /** Adds words that others have chosen. */
        private void words(String words) {
            Pattern variable = sameLine ? NAME_OR_NUMBER : NUMBER;
            common.add(variable.matcher(words).replaceAll("#"));
            variable.matcher(words).results().map(MatchResult::group).forEach(own::add);
        }
    }
}
