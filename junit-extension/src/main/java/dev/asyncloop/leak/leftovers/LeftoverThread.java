package dev.asyncloop.leak.leftovers;

import dev.asyncloop.jdk.HttpClients;
import dev.asyncloop.jdk.TimerThreads;
import dev.asyncloop.jdk.Workers;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.descriptors.RetiringLoops;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.exclusions.KeptForAll;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.leak.subject.Subject.PlatformThread.Role;
import dev.asyncloop.leak.text.ClientFix;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.origin.trace.Frames;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.registers.ThreadOrigins;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread that lives: one by itself, or that of a timer, of an {@code HttpClient} or of an executor. A virtual thread
 * among them is on no loop.
 *
 * @param beginning its start; null if that was not seen
 * @param ofExecutor whether it belongs to an executor that was shut down
 */
public record LeftoverThread(Thread thread, @Nullable Beginning beginning, boolean ofExecutor) implements Leftover {

    static @Nullable List<Leftover> of(Object thing, Beginning beginning) {
        if (!(thing instanceof Thread thread)) {
            return null;
        }
        if (!thread.isAlive() || isToldWithItsExecutor(thread, beginning)) {
            return List.of();
        }
        LeftoverThread left = new LeftoverThread(thread, beginning, false);
        boolean belongsToTest = HttpClients.isSelector(thread) && !beginning.isInClassInitialiser();
        boolean excused = KeptForAll.contains(beginning, List.of(thread))
                || RetiringLoops.isOne(thread)
                || thread.isVirtual()
                        && beginning.creator().filter(Frames::isOurs).isPresent();
        return belongsToTest || !excused ? List.of(left) : List.of();
    }

    /** The thread that an executor of another owner started for one task of its giver is told by itself. */
    private static boolean isToldWithItsExecutor(Thread thread, Beginning beginning) {
        Object executor = Workers.ofOneTask(thread);
        if (executor == null) {
            return Workers.isWorker(thread);
        }
        Beginning made = ThreadOrigins.ofExecutor(executor);
        return made != null && made.atWork() == beginning.atWork();
    }

    @Override
    public Leak leak() {
        Role role = role();
        return new Leak(
                LeakKind.PLATFORM_THREAD,
                new Subject.PlatformThread(role, thread.getName(), thread.getState(), thread.isDaemon()),
                started(),
                CallStack.userCode(List.of(thread.getStackTrace())),
                fix(role),
                null,
                null);
    }

    private List<StackTraceElement> started() {
        return beginning == null ? List.of() : beginning.fromUserCode();
    }

    @Override
    public Object identity() {
        return thread.threadId();
    }

    @Override
    public boolean isThere() {
        return thread.isAlive();
    }

    /** An executor holds the thread of a task only as long as that runs: nobody is asked who holds it. */
    @Override
    public List<Thread> parts() {
        return !ofExecutor && Workers.isWorker(thread) ? List.of() : List.of(thread);
    }

    @Override
    public List<Beginning> charged() {
        return beginning == null ? List.of() : List.of(beginning);
    }

    @Override
    public boolean endsWithItsHolder() {
        return !ofExecutor;
    }

    private Role role() {
        return HttpClients.isSelector(thread)
                ? Role.HTTP_CLIENT
                : TimerThreads.isOpen(thread)
                        ? Role.TIMER
                        : ofExecutor ? Role.WORKER : thread.isVirtual() ? Role.VIRTUAL : Role.OWN;
    }

    private String fix(Role role) {
        return switch (role) {
            case HTTP_CLIENT -> ClientFix.ofHttpClient(started());
            case TIMER -> ClientFix.of(started()).orElse("cancel it");
            case WORKER -> "wait for it, and let its task heed interruption";
            case VIRTUAL, OWN -> ClientFix.of(started()).orElse("let it end, e.g. interrupt it, and join it");
        };
    }

    @Override
    public boolean mayEnd() {
        return !TimerThreads.isOpen(thread);
    }

    /** Whether its {@code HttpClient} was found by its selector. */
    @Override
    public boolean isPartOf(Leak found) {
        return HttpClients.isSelector(thread)
                && !started().isEmpty()
                && found.created().equals(started());
    }
}
