package dev.asyncloop.leak.detect;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.loop.snapshot.GeneratorSnapshot;

/** Finds the async generators that were started, and neither finished nor closed. */
public final class UnfinishedGenerators implements Detector {

    private static final String FIX = "iterate it to the end or close it, e.g. with try-with-resources";

    @Override
    public void find(Closing closing) {
        find(closing.ownLoop().pending(), closing);
    }

    /** Finds those of one loop. */
    static void find(Pending pending, Closing closing) {
        for (GeneratorSnapshot generator : pending.generators()) {
            closing.add(new Leak(
                    LeakKind.UNFINISHED_GENERATOR,
                    new Subject.Generator(generator.state()),
                    generator.created(),
                    generator.waiting(),
                    FIX,
                    pending.leakOf(generator.creator()),
                    null));
        }
    }
}
