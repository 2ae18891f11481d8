package dev.asyncloop.loop.core;

import dev.asyncloop.origin.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The coroutines of a loop that have not ended: every virtual thread on it. Any thread.
 *
 * <p>It holds them strongly. In asyncio a task that nobody refers to may be lost; here it is found.
 */
final class CoroutineRegister {

    private final LoopCore core;

    /** The coroutines on threads that somebody else started. */
    private final Map<Thread, Coroutine> adopted = new ConcurrentHashMap<>();

    /**
     * The ends of a linked list of all coroutines, in the order of creation. The list, its links and the count are
     * guarded by this.
     */
    private @Nullable Coroutine first;

    private @Nullable Coroutine last;
    private long count;

    CoroutineRegister(LoopCore core) {
        this.core = core;
    }

    Coroutine start(CoroutineKind kind, @Nullable String name, @Nullable Owner charged, Callable<?> body) {
        Coroutine creator = creator();
        Coroutine coroutine = new Coroutine(
                core, inherited(kind, CoroutineKind.TASK, creator), next(), numberOf(creator), name, charged, body);
        add(coroutine);
        core.engine().start(coroutine);
        return coroutine;
    }

    /** The coroutine of a virtual thread on this loop. Makes it if the code under test is just starting the thread. */
    Coroutine adopted(Thread thread) {
        Coroutine coroutine = adopted.get(thread);
        return coroutine != null ? coroutine : adopt(thread, core.currentOwner());
    }

    Coroutine adopt(Thread thread, @Nullable Owner owner) {
        Coroutine creator = creator();
        CoroutineKind kind = inherited(CoroutineKind.VIRTUAL_THREAD, CoroutineKind.VIRTUAL_THREAD, creator);
        Coroutine coroutine = new Coroutine(core, kind, next(), numberOf(creator), owner, thread);
        adopted.put(thread, coroutine);
        add(coroutine);
        return coroutine;
    }

    /** The kind of a new coroutine: what background work starts is background work too. */
    private static CoroutineKind inherited(CoroutineKind kind, CoroutineKind inheriting, @Nullable Coroutine creator) {
        return kind == inheriting && creator != null && creator.isBackground() ? CoroutineKind.BACKGROUND : kind;
    }

    /** The coroutine of this loop that runs on the current thread; null where there is none. */
    private @Nullable Coroutine creator() {
        return core.isLoopThread() ? core.current() : null;
    }

    private static long numberOf(@Nullable Coroutine creator) {
        return creator == null ? 0 : creator.number();
    }

    private synchronized long next() {
        return ++count;
    }

    private synchronized void add(Coroutine coroutine) {
        Coroutine before = last;
        last = coroutine;
        if (before == null) {
            first = coroutine;
        } else {
            before.later = coroutine;
            coroutine.earlier = before;
        }
    }

    private synchronized void remove(Coroutine coroutine) {
        Coroutine before = coroutine.earlier;
        Coroutine after = coroutine.later;
        if (before != null) {
            before.later = after;
        } else if (first == coroutine) {
            first = after;
        } else {
            return; // removed before
        }
        if (after != null) {
            after.earlier = before;
        } else {
            last = before;
        }
        coroutine.earlier = null;
        coroutine.later = null;
    }

    /** The thread of {@code coroutine} ended. Called by the thread that ran it last. */
    void forget(Coroutine coroutine) {
        remove(coroutine);
        if (coroutine.isAdopted()) {
            adopted.remove(coroutine.thread());
            coroutine.threadEnded();
        }
    }

    /** The coroutines that are not done, without generators and resting ones. */
    List<Coroutine> pending() {
        List<Coroutine> found = new ArrayList<>();
        synchronized (this) {
            for (Coroutine coroutine = first; coroutine != null; coroutine = coroutine.later) {
                if (coroutine.kind() != CoroutineKind.GENERATOR && !coroutine.isResting() && !coroutine.isDone()) {
                    found.add(coroutine);
                }
            }
        }
        return found;
    }

    /** The coroutine on a thread that somebody else started; null if it is not of this loop, or has ended. */
    @Nullable
    Coroutine adoptedOrNull(Thread thread) {
        return adopted.get(thread);
    }

    /** The first {@code limit} coroutines whose threads have not ended, generators and resting ones included. */
    List<Coroutine> first(int limit) {
        List<Coroutine> found = new ArrayList<>();
        synchronized (this) {
            for (Coroutine coroutine = first; coroutine != null && found.size() < limit; coroutine = coroutine.later) {
                found.add(coroutine);
            }
        }
        return found;
    }
}
