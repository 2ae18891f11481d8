package dev.asyncloop.leak.holders;

import dev.asyncloop.jdk.ObjectFields;
import dev.asyncloop.leak.exclusions.SearchRules;
import dev.asyncloop.leak.holders.Held.Whose;
import dev.asyncloop.leak.holders.Walk.Found;
import dev.asyncloop.leak.holders.Walk.Limit;
import dev.asyncloop.leak.subject.Holder;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Searches for who holds things: what a field of a class holds is the class's, and what any other static field holds is
 * nobody's. It is asked only for what is about to be reported. It needs the agent. It throws nothing, initialises no
 * class and calls no code of users. One thread.
 *
 * <p>It asks the nearest first: the classes of the test, what held things before, the classes that made the things, all
 * classes, the stores of extensions, and large arrays last.
 */
public final class Holders {

    private static final int MOST_OBJECTS = 1_000_000;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The static fields that have held things before, and are asked first. */
    private static final KnownRoots KNOWN = new KnownRoots();

    private final Question question;
    private final Walk walk;
    private final Roots roots;
    private final Targets targets = new Targets();
    private final @Nullable Held[] answers;

    /** Whether all classes are asked, and not only the nearest and what held things before. */
    private final boolean thorough;

    private Holders(List<? extends Collection<?>> things, Question question, boolean thorough) {
        this.question = question;
        this.thorough = thorough;
        this.answers = new @Nullable Held[things.size()];
        targets.addAll(things);
        SearchRules rules = new SearchRules(true);
        this.walk = new Walk(
                targets, new Shapes(rules, targets, false), new Limit(MOST_OBJECTS, System.nanoTime() + LONGEST_NANOS));
        this.roots = new Roots(walk, rules, question);
        question.ending().forEach(walk::leaveOut);
    }

    /**
     * Says who holds each of some things. A thing may have several parts, objects or numbers of descriptors; it is held
     * if one of them is. Null for a thing that nothing holds which lives longer than its creator.
     *
     * @param thorough whether to ask all classes, which takes long, and not only those that are near and those that have
     *     held things before
     */
    public static List<@Nullable Held> of(List<? extends Collection<?>> things, Question question, boolean thorough) {
        if (!ObjectFields.areReadable()) {
            return Arrays.asList(new @Nullable Held[things.size()]);
        }
        return new Holders(things, question, thorough).ask();
    }

    private List<@Nullable Held> ask() {
        roots.addOwn();
        settle(walk.run());
        KNOWN.addTo(roots);
        settle(walk.run());
        if (thorough && goesOn()) {
            Class<?>[] loaded = ObjectFields.loadedClasses();
            askStatics(loaded, type -> question.creators().contains(type.getName()));
            askStatics(loaded, type -> true);
        }
        if (goesOn()) {
            roots.addStores();
            settle(walk.run());
        }
        if (thorough && goesOn()) {
            settle(walk.runLarge());
        }
        if (thorough && walk.isCut()) {
            Held unknown = new Held(Whose.OF_CREATOR, null, new Holder.Unknown(walk.visited()));
            Arrays.setAll(answers, i -> answers[i] == null ? unknown : answers[i]);
        }
        return Arrays.asList(answers);
    }

    /**
     * Asks the static fields of some classes, those of the project first: what a library's field only lists, one of the
     * project may hold.
     */
    private void askStatics(Class<?>[] loaded, Predicate<Class<?>> which) {
        for (boolean ofProject : List.of(true, false)) {
            if (goesOn()) {
                roots.addStatics(loaded, ofProject, which);
                settle(walk.run());
            }
        }
    }

    private boolean goesOn() {
        return !targets.isEmpty() && !walk.isCut();
    }

    private void settle(List<Found> found) {
        for (Found each : found) {
            List<Integer> way = walk.way(each.at());
            if (walk.by(way.getFirst()) instanceof Start start) {
                KNOWN.note(start);
                Whose whose = start.owner() == null ? Whose.OF_RUN : Whose.OF_CLASS;
                answers[each.target()] = new Held(whose, start.owner(), new PathOf(walk, way).holder(start));
            }
        }
    }
}
