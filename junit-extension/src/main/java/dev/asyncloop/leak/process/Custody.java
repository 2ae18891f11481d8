package dev.asyncloop.leak.process;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.holders.Held;
import dev.asyncloop.leak.holders.Holders;
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
import org.jspecify.annotations.Nullable;

/**
 * Who holds what one owner left in the process. What a class holds is given to the class, and what the run holds is
 * kept; the rest is the owner's. One thread.
 */
final class Custody {

    private final Owner owner;
    private final List<Question.Place> places;
    private final List<Leak> kept = new ArrayList<>();

    /** Who holds what stays the owner's, by the identity of each thing. */
    private final Map<Object, Holder> holders = new HashMap<>();

    Custody(Owner owner, List<Question.Place> places) {
        this.owner = owner;
        this.places = places;
    }

    /** What was found to be kept for the run. */
    List<Leak> kept() {
        return kept;
    }

    /** Asks who holds these things, and gives away what is not the owner's. */
    void settle(List<Leftover> left) {
        List<Leftover> asked =
                left.stream().filter(each -> !each.parts().isEmpty()).toList();
        if (asked.isEmpty()) {
            return;
        }
        List<? extends Collection<?>> parts =
                asked.stream().map(Leftover::parts).toList();
        List<@Nullable Held> answers = Holders.of(parts, question(asked));
        for (int i = 0; i < answers.size(); i++) {
            Held held = answers.get(i);
            if (held != null) {
                settle(asked.get(i), held);
            }
        }
    }

    private void settle(Leftover left, Held held) {
        Owner ofClass = held.owner();
        switch (held.whose()) {
            case OF_RUN -> {
                left.charged().forEach(Charged::keep);
                Leak leak = left.leak().heldBy(held.holder());
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
        return new Question(places, places.getFirst().surroundings().ending(), creators, loaders);
    }

    /** The leak of something that is the owner's, with who holds it. */
    Leak describe(Leftover left, Leak leak) {
        Holder holder = holders.get(left.identity());
        return holder == null ? leak : leak.heldBy(holder);
    }
}
