package dev.asyncloop.leak.process;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.subject.Holder.Root;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.Charged;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the run keeps: by each root, the things that it holds, and whose tests made them. Any thread. */
public final class Kept {

    /** A root that keeps things of so many tests is worth a line. */
    private static final int MANY = 10;

    /** How many things are remembered. */
    private static final int MOST = 10_000;

    private static final Kept OF_THIS_RUN = new Kept();

    /** By root and kind; under this object's monitor, as the next. */
    private final Map<Group, List<Thing>> things = new HashMap<>();

    private int size;

    private record Group(Root root, LeakKind kind) {}

    /** The moment at which the thing was made is in a register as long as the thing is there. */
    private record Thing(String owner, WeakReference<Charged> made) {

        boolean isThere() {
            Charged charged = made.get();
            return charged != null && charged.isThere();
        }
    }

    /**
     * A root that keeps many things of many tests which are still there.
     *
     * @param things the number of the things
     * @param tests the number of those that made them
     */
    public record Collector(Root root, LeakKind kind, int things, int tests) {}

    private Kept() {}

    /** Notes that {@code root} holds a thing which {@code owner} made. */
    static void note(Owner owner, Leftover left, LeakKind kind, Root root) {
        for (Charged charged : left.charged()) {
            OF_THIS_RUN.add(new Group(root, kind), new Thing(owner.name(), new WeakReference<>(charged)));
            return; // the parts of one thing are one
        }
    }

    private synchronized void add(Group group, Thing thing) {
        if (size < MOST) {
            size++;
            things.computeIfAbsent(group, none -> new ArrayList<>()).add(thing);
        }
    }

    /** The roots that keep many things now, those with the most first. Forgets all: the run is over. */
    public static List<Collector> take() {
        return OF_THIS_RUN.takeAll();
    }

    private synchronized List<Collector> takeAll() {
        List<Collector> collectors = new ArrayList<>();
        things.forEach((group, all) -> {
            List<Thing> there = all.stream().filter(Thing::isThere).toList();
            Set<String> tests = new HashSet<>();
            there.forEach(thing -> tests.add(thing.owner));
            if (tests.size() >= MANY) {
                collectors.add(new Collector(group.root, group.kind, there.size(), tests.size()));
            }
        });
        things.clear();
        size = 0;
        collectors.sort(Comparator.comparing(Collector::things).reversed());
        return collectors;
    }
}
