package dev.asyncloop.leak.text;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How far the subject of a leak is like others. Where it is known at which line such a thing was created, it has one
 * meaning there, whatever it is called; elsewhere things are alike that differ in numbers only.
 *
 * @param common what subjects that are alike share
 * @param own what each has of its own, such as its name and its numbers; in the same places for all that are alike
 */
record Likeness(List<Object> common, List<String> own) {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** In the words of others, such as the message of an exception. */
    private static final Pattern NAME_OR_NUMBER = Pattern.compile("\"[^\"]*\"|(?<!\\S)/\\S+|\\d+");

    static Likeness of(Leak leak) {
        return new Collector(!leak.created().isEmpty()).collect(leak.subject());
    }

    /** Puts the facts of one subject where they belong. */
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
                    name(task.name()).common(task.kind(), task.state().phase()); // what it waits in, its stack tells
                case Subject.Handle handle ->
                    own(handle.handle().when())
                            .common(handle.handle().kind(), handle.endless())
                            .words(handle.handle().callback());
                case Subject.DelayedCommand command -> {}
                case Subject.Generator generator -> {} // what it does, its stack tells
                case Subject.Loop loop -> own(loop.tasks()).common(loop.running());
                case Subject.PlatformThread thread -> thread(thread);
                case Subject.Executor executor ->
                    own(executor.busy())
                            .own(executor.threads())
                            .own(executor.queued())
                            .common(executor.type(), Integer.signum(executor.busy()));
                case Subject.Process process -> own(process.pid()).words(process.command());
                case Subject.Loader loader -> {
                    common(loader.type(), loader.archives().size());
                    loader.archives().forEach(this::path);
                }
                case Subject.Descriptors descriptors -> descriptors(descriptors);
                case Subject.Collected collected -> common(collected.opener());
                case Subject.TaskFailure failure ->
                    name(failure.name()).common(failure.kind()).thrown(failure.thrown());
                case Subject.ThreadFailure failure ->
                    name(failure.name()).common(failure.virtual()).thrown(failure.thrown());
                case Subject.Other other -> words(other.what());
            }
            return new Likeness(common, own);
        }

        private void thread(Subject.PlatformThread thread) {
            common(thread.role(), thread.state(), thread.daemon());
            if (thread.role() != Subject.PlatformThread.Role.HTTP_CLIENT) { // whose name is not told
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

        /** What others have worded. */
        private void words(String words) {
            Pattern variable = sameLine ? NAME_OR_NUMBER : NUMBER;
            common.add(variable.matcher(words).replaceAll("#"));
            variable.matcher(words).results().map(MatchResult::group).forEach(own::add);
        }
    }
}
