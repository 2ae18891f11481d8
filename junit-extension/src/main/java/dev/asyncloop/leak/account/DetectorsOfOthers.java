package dev.asyncloop.leak.account;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakDetector;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The {@linkplain LeakDetector detectors} of others, for one account. A detector that throws is left out from then on.
 */
final class DetectorsOfOthers {

    private static final List<LeakDetector> ALL =
            new CopyOnWriteArrayList<>(Services.load(ServiceLoader.load(LeakDetector.class), "leak detector"));

    private final List<Asked> asked;

    private record Asked(LeakDetector detector, LeakDetector.Search search) {}

    private DetectorsOfOthers(List<Asked> asked) {
        this.asked = asked;
    }

    static DetectorsOfOthers begin(Owner owner) {
        if (ALL.isEmpty()) {
            return new DetectorsOfOthers(List.of());
        }
        List<Asked> asked = new ArrayList<>();
        for (LeakDetector detector : ALL) {
            try {
                asked.add(new Asked(detector, detector.begin(owner)));
            } catch (RuntimeException thrown) {
                leaveOut(detector, thrown);
            }
        }
        return new DetectorsOfOthers(asked);
    }

    List<Leak> end() {
        List<Leak> leaks = new ArrayList<>();
        for (Asked one : asked) {
            try {
                leaks.addAll(one.search.end());
            } catch (RuntimeException thrown) {
                leaveOut(one.detector, thrown);
            }
        }
        return leaks;
    }

    private static void leaveOut(LeakDetector detector, RuntimeException thrown) {
        if (ALL.remove(detector)) {
            Log.log(
                    Level.WARNING,
                    "The leak detector " + detector.getClass().getName() + " failed, and is left out from now on",
                    thrown);
        }
    }
}
