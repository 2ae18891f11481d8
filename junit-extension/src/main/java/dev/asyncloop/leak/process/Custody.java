package dev.asyncloop.leak.process;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.descriptors.LiveThreads;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.holders.Held;
import dev.asyncloop.leak.holders.Holders;
import dev.asyncloop.leak.holders.OtherHolders;
import dev.asyncloop.leak.holders.Question;
import dev.asyncloop.leak.subject.Holder;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.registers.Charged;
import dev.asyncloop.registers.ThreadOrigins;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who holds what one owner left in the process. What a class holds is given to the class, and what the run holds is
 * kept; the rest is the owner's. One thread.
 */
final class Custody {

    private final Owner owner;
    private final Waits waits;
    private final List<Question.Place> places;
    private final List<Leak> kept = new ArrayList<>();

    /** Who holds what stays the owner's, by the identity of each thing. */
    private final Map<Object, Holder> holders = new HashMap<>();

    Custody(Owner owner, List<Question.Place> places) {
        this.owner = owner;
        this.waits = Waits.OF_THIS_RUN.of(owner);
        this.places = places;
    }

    /** How long may be waited for the owner's things. */
    Waits waits() {
        return waits;
    }

    /** What was found to be kept for the run. */
    List<Leak> kept() {
        return kept;
    }

    /**
     * Asks who holds these things, and gives away what is not the owner's. Of things like those that took too long
     * already, only the nearest are asked.
     */
    void settle(List<Leftover> left) {
        Map<Boolean, List<Leftover>> asked = left.stream()
                .filter(each -> !each.parts().isEmpty())
                .collect(Collectors.partitioningBy(each -> waits.mayAsk(each.leak())));
        asked.forEach((thorough, some) -> {
            if (!some.isEmpty()) {
                settle(some, thorough);
            }
        });
    }

    /** Asks only the nearest, and what held things before, who holds these things. */
    void settleQuickly(List<Leftover> left) {
        List<Leftover> asked = left.stream()
                .filter(each -> each.isWhole() && !each.parts().isEmpty())
                .toList();
        if (!asked.isEmpty()) {
            settle(asked, false);
        }
    }

    private void settle(List<Leftover> asked, boolean thorough) {
        long start = System.nanoTime();
        List<@Nullable Held> answers = Holders.of(parts(asked), question(asked), thorough);
        List<Leak> own = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Held held = answers.get(i);
            if (held != null) {
                settle(asked.get(i), held);
            } else {
                own.add(asked.get(i).leak());
            }
        }
        waits.spend(own, (System.nanoTime() - start) / 1_000_000);
    }

    private static List<? extends Collection<?>> parts(List<Leftover> left) {
        return left.stream().map(Leftover::parts).toList();
    }

    private void settle(Leftover left, Held held) {
        Owner ofClass = held.owner();
        switch (held.whose()) {
            case OF_RUN -> {
                left.charged().forEach(Charged::keep);
                Leak leak = left.leak().keptBy(held.holder());
                kept.add(leak);
                if (held.holder() instanceof Holder.Path path) {
                    Kept.note(owner, left, leak.kind(), path.root());
                }
            }
            case OF_CLASS -> {
                if (ofClass == owner || ofClass == null) {
                    holders.put(left.identity(), held.holder());
                } else {
                    left.charged().forEach(each -> each.give(ofClass));
                }
            }
            case OF_CREATOR -> holders.put(left.identity(), held.holder());
        }
    }

    private Question question(List<Leftover> asked) {
        Set<String> creators = new HashSet<>();
        for (Leftover each : asked) {
            for (StackTraceElement frame : each.leak().created()) {
                creators.add(frame.getClassName());
            }
        }
        Set<Object> loaders = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Beginning begun : ThreadOrigins.of(owner)) {
            if (begun.get() instanceof ClassLoader loader) {
                loaders.add(loader);
            }
        }
        return new Question(places, ending(), creators, loaders);
    }

    private List<Object> ending() {
        return places.getFirst().surroundings().ending();
    }

    /** Finds out who else holds what is the owner's, for the words. A thread or an executor goes on by itself. */
    void explain(List<Leftover> left) {
        for (Leftover each : left) {
            if (each.isUnreachable()) {
                holders.put(each.identity(), new Holder.Nobody());
            }
        }
        Map<Boolean, List<Leftover>> asked = left.stream()
                .filter(each -> !each.parts().isEmpty() && !holders.containsKey(each.identity()))
                .filter(each -> waits.mayExplain(each.leak()))
                .collect(Collectors.partitioningBy(each -> each.leak().kind() == LeakKind.FILE_DESCRIPTOR));
        asked.forEach((passive, some) -> {
            if (!some.isEmpty()) {
                explain(some, passive);
            }
        });
    }

    private void explain(List<Leftover> asked, boolean passive) {
        Set<Thread> own = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Thread> others = Collections.newSetFromMap(new IdentityHashMap<>());
        LiveThreads.all().forEach(thread -> (isOwn(thread) ? own : others).add(thread));
        long start = System.nanoTime();
        List<@Nullable Holder> answers = OtherHolders.of(parts(asked), ending(), passive ? others : null);
        waits.spend(asked.stream().map(Leftover::leak).toList(), (System.nanoTime() - start) / 1_000_000);
        for (int i = 0; i < answers.size(); i++) {
            Holder holder = answers.get(i);
            if (holder == null && passive) {
                holder = own.isEmpty()
                        ? new Holder.Nobody()
                        : new Holder.PerhapsThread(own.iterator().next().getName());
            }
            if (holder != null) {
                holders.put(asked.get(i).identity(), holder);
            }
        }
    }

    /** The identities of those things that somebody refers to: an object of the test, a live thread or a static field. */
    Set<Object> reachable(List<Leftover> left) {
        if (left.isEmpty()) {
            return Set.of();
        }
        Set<Thread> threads = Collections.newSetFromMap(new IdentityHashMap<>());
        LiveThreads.all().forEach(threads::add);
        List<@Nullable Holder> answers = OtherHolders.of(parts(left), ending(), threads);
        Set<Object> reachable = new HashSet<>();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Holder.Path) {
                reachable.add(left.get(i).identity());
            }
        }
        return reachable;
    }

    private boolean isOwn(Thread thread) {
        Beginning start = ThreadOrigins.of(thread);
        return start != null && start.owner() == owner;
    }

    /** The leak of something that is the owner's, with who holds it. */
    Leak describe(Leftover left, Leak leak) {
        Holder holder = left.wasCollected() ? new Holder.Nobody() : holders.get(left.identity());
        return holder == null ? leak : leak.heldBy(holder, left.endsWithItsHolder());
    }
}
