package dev.asyncloop.registers;

import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.Frames;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine of kotlinx that was launched. It is one job, however often it is suspended and dispatched again, and
 * whoever resumes it.
 *
 * <pre>{@code
 * launched -> dispatched -> running -> suspended, or completed
 *                  ^           |           |
 *                  +- delayed <+           |
 *                  +-----------------------+
 * }</pre>
 *
 * <p>It is pending while it runs, is delayed, or waits in a dispatcher. One that is suspended waits for others, and may
 * be garbage.
 */
final class CoroutineJob extends Job {

    private static final AtomicReferenceFieldUpdater<CoroutineJob, @Nullable Thread> WORKER =
            AtomicReferenceFieldUpdater.newUpdater(CoroutineJob.class, Thread.class, "goesOnIn");

    private static final String KOTLINX = "kotlinx.coroutines.";
    private static final String KOTLIN = "kotlin.";

    /** The thread that it runs in. Another may have gone on with it before the one that it ran in knows. */
    private volatile @Nullable Thread goesOnIn;

    /** What was last dispatched, delayed or run of it. */
    private volatile @Nullable WeakReference<Object> part;

    /** Whether that waits. */
    private volatile boolean waits;

    private volatile @Nullable WeakReference<Object> dispatcher;

    /** The current thread launches {@code coroutine}, while {@code owner} is at work. */
    CoroutineJob(Object coroutine, Owner owner, boolean background, ReferenceQueue<@Nullable Object> garbage) {
        super(coroutine, null, owner, null, false, background, garbage);
    }

    /** A part of it is handed to a dispatcher, or to what counts delays. */
    void dispatched(Object what, Object by) {
        WeakReference<Object> before = dispatcher;
        if (before == null || !before.refersTo(by)) {
            dispatcher = new WeakReference<>(by);
        }
        part = new WeakReference<>(what);
        waits = true;
    }

    /** The current thread goes on with a part of it. */
    void resumed(Object what) {
        goesOnIn = Thread.currentThread();
        WeakReference<Object> last = part;
        if (last == null || !last.refersTo(what)) {
            part = new WeakReference<>(what);
        }
        waits = false;
    }

    @Override
    void end() {
        WORKER.compareAndSet(this, Thread.currentThread(), null);
    }

    @Override
    public @Nullable Thread worker() {
        return goesOnIn;
    }

    /**
     * The executor of the JDK; kotlinx's own dispatchers are parts of one pool, and told by the names of its threads.
     */
    @Override
    public @Nullable Object pool() {
        WeakReference<Object> by = dispatcher;
        Object last = by == null ? null : by.get();
        return last == null || last.getClass().getName().startsWith(KOTLINX) ? null : last;
    }

    @Override
    public @Nullable Object part() {
        WeakReference<Object> last = part;
        return last == null ? null : last.get();
    }

    @Override
    public boolean isPending() {
        Thread in = goesOnIn;
        return in != null ? in.isAlive() : waits && part() != null;
    }

    @Override
    public long delayNanos() {
        Object last = part();
        return goesOnIn != null || last == null ? 0 : CoroutineParts.delayNanos(last);
    }

    /** The frame that launched it, outside of kotlinx. */
    @Override
    public Optional<StackTraceElement> giver() {
        return stack().outsideOf(JdkEvents.OF_JOBS).stream()
                .filter(frame -> !Frames.isWay(frame) && !isLibrarys(frame))
                .findFirst();
    }

    @Override
    public List<StackTraceElement> fromUserCode() {
        return super.fromUserCode().stream().dropWhile(CoroutineJob::isLibrarys).toList();
    }

    private static boolean isLibrarys(StackTraceElement frame) {
        return frame.getClassName().startsWith(KOTLINX) || frame.getClassName().startsWith(KOTLIN);
    }

    /** Without the code of kotlinx, and of other compilers. */
    @Override
    public List<StackTraceElement> goesOnAt() {
        List<StackTraceElement> lines = new ArrayList<>();
        for (Object frame : CoroutineParts.frames(part())) {
            StackTraceElement line = CoroutineParts.line(frame);
            if (line != null && line.getLineNumber() > 0 && !isLibrarys(line)) {
                lines.add(line);
            }
        }
        return lines;
    }
}
