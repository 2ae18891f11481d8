package dev.asyncloop.leak.leftovers;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.leak.text.ProjectCode;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.registers.Resource;
import dev.asyncloop.registers.ThreadOrigins;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that has to be ended by hand, that the project's own code made, and that nobody has ended. */
record LeftoverResource(Beginning beginning, Subject.Resource.Sort sort, String name) implements Begun {

    private static final String NO_NAME = "";

    /** Null if it is no leak. */
    static @Nullable Leftover of(Beginning beginning, Resource resource) {
        Subject.Resource.Sort sort = sort(resource);
        return sort == null || beginning.isInClassInitialiser() || !isMadeByProject(beginning, resource)
                ? null
                : new LeftoverResource(
                        beginning, sort, beginning.get() instanceof Thread hook ? hook.getName() : NO_NAME);
    }

    /** Null for what is found by its threads. */
    private static Subject.Resource.@Nullable Sort sort(Resource resource) {
        return switch (resource) {
            case SHUTDOWN_HOOK -> Subject.Resource.Sort.SHUTDOWN_HOOK;
            case SHARED_ARENA -> Subject.Resource.Sort.SHARED_ARENA;
            case RECORDING -> Subject.Resource.Sort.RECORDING;
            case CONNECTOR_SERVER -> Subject.Resource.Sort.CONNECTOR_SERVER;
            case HTTP_CLIENT -> null;
        };
    }

    /**
     * Whether the project's own code made it. Libraries make such things once, for the whole JVM; and the JDK adds hooks
     * of its own.
     */
    private static boolean isMadeByProject(Beginning beginning, Resource resource) {
        Optional<StackTraceElement> maker = resource == Resource.SHUTDOWN_HOOK
                ? beginning.creator()
                : beginning.fromUserCode().stream().findFirst();
        return maker.filter(ProjectCode::isInFolder).isPresent();
    }

    @Override
    public Leak leak() {
        return new Leak(
                LeakKind.RESOURCE,
                new Subject.Resource(sort, name),
                beginning.fromUserCode(),
                List.of(),
                fix(),
                null,
                null);
    }

    private String fix() {
        return switch (sort) {
            case SHUTDOWN_HOOK -> "remove it by Runtime.removeShutdownHook when the test is done";
            case SHARED_ARENA, RECORDING -> "close it, e.g. with try-with-resources";
            case CONNECTOR_SERVER -> "stop it";
        };
    }

    @Override
    public boolean isThere() {
        return ThreadOrigins.isThere(beginning);
    }

    @Override
    public List<Object> parts() {
        Object thing = beginning.get();
        return thing == null ? List.of() : List.of(thing);
    }

    /** A thread of the test may be about to end it. */
    @Override
    public boolean mayEnd() {
        return true;
    }
}
