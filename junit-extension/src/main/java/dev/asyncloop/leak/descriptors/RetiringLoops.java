package dev.asyncloop.leak.descriptors;

import dev.asyncloop.leak.exclusions.Exclusions;
import dev.asyncloop.leak.exclusions.What;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.Frames;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.registers.ThreadOrigins;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Event loops, such as Netty's, that were shut down and end by themselves after a quiet period. Clients that are closed
 * properly leave them in that state, and offer no way to wait for their end. The {@linkplain Exclusions exclusions} say
 * which code has such loops. Any thread.
 */
public final class RetiringLoops {

    private RetiringLoops() {}

    /** Whether the thread runs such a loop. */
    public static boolean isOne(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (Exclusions.contain(What.ENDING_LOOP, frame)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a descriptor belongs to such a loop of its owner; if its owner is unknown, of anybody. */
    static boolean mayHave(Descriptor open) {
        return SharedLoops.isOfEventLoop(open)
                && (open.origin() == null || isOfOne(open.origin().stack(), open.target()))
                && threads(open.owner()).anyMatch(RetiringLoops::isOne);
    }

    /** Whether the innermost frame outside of the JDK is code of such loops. */
    private static boolean isOfOne(List<StackTraceElement> opened, String target) {
        return opened.stream()
                .filter(frame -> !Frames.isJdk(frame))
                .findFirst()
                .filter(frame -> Exclusions.contain(What.ENDING_LOOP_OPENER, frame, target))
                .isPresent();
    }

    private static Stream<Thread> threads(@Nullable Owner owner) {
        return owner == null
                ? LiveThreads.all()
                : ThreadOrigins.of(owner).stream()
                        .map(Beginning::get)
                        .filter(Thread.class::isInstance)
                        .map(Thread.class::cast);
    }
}
