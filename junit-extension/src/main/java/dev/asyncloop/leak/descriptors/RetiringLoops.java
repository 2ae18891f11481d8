package dev.asyncloop.leak.descriptors;

import dev.asyncloop.jdk.Beginning;
import dev.asyncloop.jdk.ThreadOrigins;
import dev.asyncloop.origin.trace.CallStack;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Event loops of Netty that were shut down, and end by themselves after a quiet period, two seconds by default: clients that are closed properly
 * leave them so, and do not let anybody wait for them. Any thread.
 */
public final class RetiringLoops {

    /** Also where a build moved it into a package of its own. */
    private static final String LOOP = "io.netty.util.concurrent.SingleThreadEventExecutor";

    /** Where such a loop spends that period. */
    private static final String QUIET_PERIOD = "confirmShutdown";

    private static final String NETTY = "io.netty.channel.";

    private RetiringLoops() {}

    /** Whether it runs one. */
    public static boolean isOne(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals(QUIET_PERIOD)
                    && frame.getClassName().endsWith(LOOP)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is what such a loop of its owner waits by; where nobody knows whose it is, of anybody. */
    static boolean mayHave(Descriptor open) {
        return DescriptorNoise.isOfEventLoop(open)
                && (open.origin() == null || isOfNetty(open.origin().stack()))
                && threads(open.owner()).anyMatch(RetiringLoops::isOne);
    }

    /** Whether the innermost frame that is not the JDK's is one of Netty's. */
    private static boolean isOfNetty(List<StackTraceElement> opened) {
        return opened.stream()
                .filter(frame -> !CallStack.isJdk(frame))
                .findFirst()
                .filter(frame -> frame.getClassName().contains(NETTY))
                .isPresent();
    }

    private static Stream<Thread> threads(@Nullable Object owner) {
        return owner == null
                ? LiveThreads.all()
                : ThreadOrigins.of(owner).stream()
                        .map(Beginning::get)
                        .filter(Thread.class::isInstance)
                        .map(Thread.class::cast);
    }
}
