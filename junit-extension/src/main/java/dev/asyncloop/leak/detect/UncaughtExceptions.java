package dev.asyncloop.leak.detect;

import dev.asyncloop.jdk.JdkThreads;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.registers.Job;
import dev.asyncloop.registers.JobOrigins;
import dev.asyncloop.registers.ThreadOrigins;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the exceptions that ended an owner's threads and that only the JVM has seen: no handler was set for the thread,
 * its group or all threads.
 *
 * <p>An interruption or a cancellation is how threads are ended, so neither is a leak. Nor is what ends a thread that
 * the JDK made for itself: nobody but the JDK could have caught it. Any thread.
 */
public final class UncaughtExceptions implements Detector {

    private static final String FIX =
            "catch it in the thread, or hand it to the test, e.g. by a future; or set a handler for uncaught"
                    + " exceptions";

    /** How many exceptions are kept. While there are as many, further ones are only in the JVM's own log. */
    private static final int MOST = 1_000;

    private static final Queue<Uncaught> UNCAUGHT = new ConcurrentLinkedQueue<>();

    private record Uncaught(Owner owner, Thread thread, List<StackTraceElement> started, Throwable thrown) {

        Leak leak() {
            return new Leak(
                    LeakKind.UNCAUGHT_EXCEPTION,
                    new Subject.ThreadFailure(thread.isVirtual(), thread.getName(), SeenFailures.said(thrown)),
                    started,
                    CallStack.userCode(List.of(thrown.getStackTrace())),
                    FIX,
                    null,
                    thrown);
        }
    }

    /** Begins to note uncaught exceptions, if the hooks in the JDK report them. */
    public static void listen() {
        ThreadOrigins.listenToUncaught(UncaughtExceptions::note);
    }

    /** Called on the thread that ends. */
    private static void note(Throwable thrown) {
        Thread thread = Thread.currentThread();
        if (isHandled(thread) || isEnd(thrown) || UNCAUGHT.size() >= MOST) {
            return;
        }
        Owner owner = thread.isVirtual() ? CurrentOwner.get() : null;
        if (owner != null) {
            Task<?> task = Asyncio.currentTask();
            note(owner, thread, task == null ? List.of() : task.createdAt(), thrown);
            return;
        }
        Job job = JobOrigins.current();
        if (job != null) {
            if (!job.isOfJdk()) {
                note(job.owner(), thread, job.fromUserCode(), thrown);
            }
            return;
        }
        Beginning work = ThreadOrigins.ofCurrentThread();
        Beginning start = ThreadOrigins.of(thread);
        if (work != null && !JdkThreads.isInnocuous(thread) && !work.isOfJdk()) {
            note(work.owner(), thread, (start == null ? work : start).fromUserCode(), thrown);
        }
    }

    private static void note(@Nullable Owner owner, Thread thread, List<StackTraceElement> started, Throwable thrown) {
        if (owner != null) {
            UNCAUGHT.add(new Uncaught(owner, thread, started, thrown));
        }
    }

    private static boolean isHandled(Thread thread) {
        return Thread.getDefaultUncaughtExceptionHandler() != null
                || thread.getUncaughtExceptionHandler().getClass() != ThreadGroup.class;
    }

    static boolean isEnd(Throwable thrown) {
        return SeenFailures.partsOf(thrown).stream()
                .anyMatch(part -> part instanceof InterruptedException
                        || part instanceof ClosedByInterruptException
                        || part instanceof CancellationException);
    }

    /** Finds those of the owner that have not surfaced elsewhere. */
    @Override
    public void find(Closing closing) {
        if (UNCAUGHT.isEmpty()) {
            return;
        }
        Owner owner = closing.owner();
        for (Uncaught uncaught : take(uncaught -> uncaught.owner == owner)) {
            if (!closing.account().seen().contain(uncaught.thrown)) {
                closing.add(uncaught.leak());
            }
        }
    }

    /** Whether none is kept. */
    public static boolean areNone() {
        return UNCAUGHT.isEmpty();
    }

    /** Hands all that are left to {@code taker}, and forgets them. */
    public static void takeAll(BiConsumer<Owner, Leak> taker) {
        take(uncaught -> true).forEach(uncaught -> taker.accept(uncaught.owner, uncaught.leak()));
    }

    private static List<Uncaught> take(Predicate<Uncaught> which) {
        List<Uncaught> taken = new ArrayList<>();
        UNCAUGHT.removeIf(uncaught -> which.test(uncaught) && taken.add(uncaught));
        return taken;
    }
}
