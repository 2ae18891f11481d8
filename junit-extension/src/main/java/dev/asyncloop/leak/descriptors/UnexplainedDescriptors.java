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
 * Who was at work when a descriptor first appeared, for those that nobody may be found to be charged with: native code
 * opened it, or a thread that works for nobody known, while several tests ran.
 *
 * <p>Kept until a moment at which no account is open. What is said then is a guess, and fails no test. Any thread.
 */
public final class UnexplainedDescriptors {

    private final Map<Long, Appearance> appearances =
            new HashMap<>(); // by serial; under this object's monitor, as the next
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

    /** Something that is open, whose that is, and where that is not known, who may have opened it. */
    public record Suspicion(Leak leak, @Nullable Owner owner, List<Owner> suspects) {}

    /** What may be of the same owners, by their names. */
    public static Map<List<String>, List<Leak>> bySuspects(List<Suspicion> suspicions) {
        Map<List<String>, List<Leak>> leaks = new LinkedHashMap<>();
        for (Suspicion suspicion : suspicions) {
            leaks.computeIfAbsent(suspicion.suspects.stream().map(Owner::name).toList(), none -> new ArrayList<>())
                    .add(suspicion.leak);
        }
        return leaks;
    }

    /** What is open now and was not at the last call, appeared while these were at work. */
    synchronized void appeared(DescriptorSnapshot now, List<Owner> atWork) {
        if (now == latest) {
            return;
        }
        appearances.values().removeIf(appearance -> appearance.isOver(now));
        for (Descriptor opened : now.newSince(latest)) {
            if (!atWork.isEmpty() || opened.owner() != null) {
                appearances.put(opened.serial(), new Appearance(opened, atWork));
            }
        }
        latest = now;
    }

    /**
     * Nothing is to be explained any more of what appeared while none but these were at work, and was not another's.
     */
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

    /** Not what one of the extensions of a test opened on the thread that runs the test. */
    synchronized boolean isToExplain(Descriptor open) {
        return appearances.containsKey(open.serial()) && (open.owner() != null || !JUnitFrames.isOnRunner(open));
    }

    /** Whose it may be. */
    synchronized List<Owner> suspects(Descriptor open) {
        Appearance appearance = appearances.get(open.serial());
        return appearance == null ? List.of() : appearance.atWork();
    }
}
