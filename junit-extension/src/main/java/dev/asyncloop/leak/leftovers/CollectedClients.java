package dev.asyncloop.leak.leftovers;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.detect.Closing;
import dev.asyncloop.leak.detect.Detector;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.leak.text.ClientFix;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.registers.ThreadOrigins;
import java.util.List;

/**
 * Finds the {@code HttpClient}s that nobody closed and that the garbage collector has ended: had it run later, they
 * would have been found by their threads and descriptors.
 */
public final class CollectedClients implements Detector {

    @Override
    public void find(Closing closing) {
        for (Beginning client : ThreadOrigins.takeCollected(closing.owner())) {
            List<StackTraceElement> created = client.fromUserCode();
            if (!created.isEmpty() && !client.isInClassInitialiser() && !isTold(created, closing.leaks())) {
                closing.add(new Leak(
                        LeakKind.GARBAGE_COLLECTED,
                        new Subject.CollectedClient(),
                        created,
                        List.of(),
                        ClientFix.ofHttpClient(created),
                        null,
                        null));
            }
        }
    }

    /** Whether it was there when the search began, and was found by a part of it. */
    private static boolean isTold(List<StackTraceElement> created, List<Leak> found) {
        return !created.isEmpty()
                && found.stream().anyMatch(leak -> leak.created().equals(created));
    }
}
