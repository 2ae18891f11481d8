package dev.asyncloop.leak.holders;

import dev.asyncloop.jdk.ObjectFields;
import dev.asyncloop.jdk.References;
import dev.asyncloop.leak.exclusions.SearchRules;
import dev.asyncloop.leak.holders.Walk.Found;
import dev.asyncloop.leak.holders.Walk.Limit;
import dev.asyncloop.leak.subject.Holder;
import dev.asyncloop.leak.subject.Holder.Root;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds words for who holds a thing that is its creator's: the test's own instance, a thread, or what only happens to
 * list it. It decides nothing. One thread.
 */
public final class OtherHolders {

    private static final int MOST_OBJECTS = 500_000;
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final Walk walk;
    private final Targets targets = new Targets();
    private final @Nullable Holder[] answers;

    private OtherHolders(List<? extends Collection<?>> things) {
        this.answers = new @Nullable Holder[things.size()];
        targets.addAll(things);
        this.walk = new Walk(
                targets,
                new Shapes(new SearchRules(false), targets, true),
                new Limit(MOST_OBJECTS, System.nanoTime() + LONGEST_NANOS));
    }

    /**
     * Who holds each of some things. Null where nobody was found.
     *
     * @param instances the objects of the test
     * @param threads the live threads, without those of the test; null to ask the instances only
     */
    public static List<@Nullable Holder> of(
            List<? extends Collection<?>> things, List<Object> instances, @Nullable Set<Thread> threads) {
        if (!ObjectFields.areReadable()) {
            return Arrays.asList(new @Nullable Holder[things.size()]);
        }
        return new OtherHolders(things).ask(instances, threads);
    }

    private List<@Nullable Holder> ask(List<Object> instances, @Nullable Set<Thread> threads) {
        for (Object instance : instances) {
            add(instance, new Root(Root.Kind.INSTANCE, instance.getClass().getName(), ""));
        }
        settle(walk.run());
        if (threads != null) {
            askAll(threads);
        }
        return Arrays.asList(answers);
    }

    private void askAll(Set<Thread> threads) {
        for (Thread thread : threads) {
            add(thread, new Root(Root.Kind.THREAD, thread.getName(), ""));
        }
        settle(walk.run());
        Class<?>[] loaded = ObjectFields.loadedClasses();
        addStatics(loaded, false);
        settle(walk.run());
        addStatics(loaded, true);
        settle(walk.run());
        if (walk.isCut()) {
            Holder unknown = new Holder.Unknown(walk.visited());
            Arrays.setAll(answers, i -> answers[i] == null ? unknown : answers[i]);
        }
    }

    private void add(@Nullable Object object, Root root) {
        walk.add(object, new Start(root, null, false, null));
    }

    private void addStatics(Class<?>[] loaded, boolean ofJdk) {
        Root.Kind kind = ofJdk ? Root.Kind.JDK : Root.Kind.REGISTER;
        for (Class<?> type : loaded) {
            if (targets.isEmpty() || References.isJdk(type) != ofJdk || type.isArray() || type.isPrimitive()) {
                continue;
            }
            if (ObjectFields.isInitialised(type)) {
                for (Field field : StaticFields.of(type)) {
                    add(ObjectFields.staticReference(field), new Root(kind, type.getName(), field.getName()));
                }
            }
        }
    }

    private void settle(List<Found> found) {
        for (Found each : found) {
            List<Integer> way = walk.way(each.at());
            if (walk.by(way.getFirst()) instanceof Start start) {
                answers[each.target()] = new PathOf(walk, way).holder(start);
            }
        }
    }
}
