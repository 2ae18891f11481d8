package dev.asyncloop.jupiter.leaks;

import dev.asyncloop.leak.process.Kept;
import dev.asyncloop.leak.text.HolderWords;
import dev.asyncloop.leak.text.KindWords;
import dev.asyncloop.leak.text.Repeats;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;

/** What a run says once of all its tests, after the last of them. Any thread. */
final class RunSummary {

    private final Repeats repeats = new Repeats();

    /** The warnings that this run has told. */
    Repeats repeats() {
        return repeats;
    }

    /** Logs the summary. The thread on which JUnit ends the run. */
    void log() {
        repeats.summary().ifPresent(text -> Log.log(Level.WARNING, text));
        for (Kept.Collector each : Kept.take()) {
            Log.log(
                    Level.INFO,
                    "asyncloop: " + HolderWords.of(each.root()) + " keeps "
                            + KindWords.count(each.kind(), each.things()) + ", which " + each.tests() + " tests made");
        }
    }
}
