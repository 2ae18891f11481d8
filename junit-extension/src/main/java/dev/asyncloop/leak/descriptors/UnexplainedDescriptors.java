package dev.asyncloop.leak.descriptors;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.origin.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers who was at work when a descriptor first appeared, in case it cannot be charged to anybody: native code
 * opened it, or a thread without a known owner, while several tests ran.
 *
 * <p>The memory lasts until no account is open. What is reported then is a guess, and fails no test. Any thread.
 */
public final class UnexplainedDescriptors {

    private final Map<Long, Appearance> appearances =
            new HashMap<>(); // by serial; under this object's monitor, like the next
    private DescriptorSnapshot latest = DescriptorSnapshot.EMPTY;

    private record Appearance(Descriptor opened, List<Owner> atWork) {

        boolean isOver(DescriptorSnapshot now) {
            Descriptor present = now.at(opened.number());
            return present == null || present.serial() != opened.serial();
        }

        boolean concernsNoneBut(List<Owner> owners) {
            return owners.containsAll(atWork) && (opened.owner() == null || owners.contains(opened.owner()));
        }
    }

    /** Something that is open: its leak, its owner, and if that is unknown, those who may have opened it. */
    public record Suspicion(Leak leak, @Nullable Owner owner, List<Owner> suspects) {}

    /** The leaks of {@code suspicions}, grouped by the names of their suspects. */
    public static Map<List<String>, List<Leak>> bySuspects(List<Suspicion> suspicions) {
        Map<List<String>, List<Leak>> leaks = new LinkedHashMap<>();
        for (Suspicion suspicion : suspicions) {
            leaks.computeIfAbsent(suspicion.suspects.stream().map(Owner::name).toList(), none -> new ArrayList<>())
                    .add(suspicion.leak);
        }
        return leaks;
    }

    /** Notes the descriptors that were not open at the last call: they appeared while these owners were at work. */
    synchronized void appeared(DescriptorSnapshot now, List<Owner> atWork) {
        if (now == latest) {
            return;
        }
        appearances.values().removeIf(appearance -> appearance.isOver(now));
        for (Descriptor opened : now.newSince(latest)) {
            List<Owner> suspects = withoutYounger(atWork, opened);
            if (!suspects.isEmpty() || opened.owner() != null) {
                appearances.put(opened.serial(), new Appearance(opened, suspects));
            }
        }
        latest = now;
    }

    /** Those of the owners that may have opened it, by the age of its thread. */
    private static List<Owner> withoutYounger(List<Owner> atWork, Descriptor opened) {
        List<Owner> suspects = new ArrayList<>();
        for (Owner owner : atWork) {
            if (!OlderThreads.opened(opened, owner)) {
                suspects.add(owner);
            }
        }
        return suspects;
    }

    /** Forgets what appeared while no others than these owners were at work, unless it belongs to another owner. */
    synchronized void forget(List<Owner> owners) {
        if (!appearances.isEmpty()) {
            appearances.values().removeIf(appearance -> appearance.concernsNoneBut(owners));
        }
    }

    synchronized boolean isEmpty() {
        return appearances.isEmpty();
    }

    synchronized void clear() {
        appearances.clear();
    }

    /** Whether the descriptor needs an explanation. One that an extension opened on the thread of a test needs none. */
    synchronized boolean isToExplain(Descriptor open) {
        return appearances.containsKey(open.serial()) && (open.owner() != null || !JUnitFrames.isOnRunner(open));
    }

    /** The owners that may have opened it. */
    synchronized List<Owner> suspects(Descriptor open) {
        Appearance appearance = appearances.get(open.serial());
        return appearance == null ? List.of() : appearance.atWork();
    }
}
