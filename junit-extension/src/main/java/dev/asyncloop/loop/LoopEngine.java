package dev.asyncloop.loop;

import dev.asyncloop.agent.JdkAccess;
import dev.asyncloop.loop.core.Engine;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.registers.ThreadOrigins;
import dev.asyncloop.text.Log;
import dev.asyncloop.text.Unseen;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/** How the tasks of a loop get threads, and how the loop and its tasks take turns. */
public enum LoopEngine {

    /**
     * A task is a virtual thread that the loop schedules. Whatever blocks in it suspends it, and virtual threads that
     * it starts are on the loop too. The JDK must be opened for it: by {@code -javaagent}, by
     * {@code --add-opens java.base/java.lang=ALL-UNNAMED}, or by attaching to the own JVM.
     */
    SCHEDULER,

    /**
     * A task is an ordinary virtual thread. The loop and its tasks pass a baton, so that one of them runs at a time. It
     * needs only public API of the JDK. Its limits:
     *
     * <ul>
     *   <li>Only {@code await}, {@code sleep} and the like let others run, as in asyncio. A task that blocks otherwise
     *       ({@code Thread.sleep}, {@code future.get()}, a lock, a socket) holds the loop.
     *   <li>Virtual threads that the code under test starts are not on the loop. They do not run in its order, and are
     *       not found as leaks. Threads of {@link EventLoop#threadFactory()} and {@link EventLoop#asExecutor()} are on
     *       the loop.
     *   <li>A test's body does not share the thread-locals of JUnit's thread.
     *   <li>To switch from one task to another takes microseconds.
     * </ul>
     */
    PORTABLE;

    /**
     * The system property that names the engine of every loop that does not choose one: {@code scheduler} or
     * {@code portable}. For the loops of tests it is a configuration parameter as well.
     */
    public static final String PROPERTY = "asyncloop.engine";

    private static final AtomicBoolean SAID = new AtomicBoolean();

    /**
     * The engine of loops that do not choose one: the scheduler, or if the JDK is closed to it, the portable one.
     *
     * @throws IllegalStateException if the property names another
     */
    static LoopEngine byDefault() {
        String wanted = System.getProperty(PROPERTY, "").strip();
        return switch (wanted.toLowerCase(Locale.ROOT)) {
            case "" -> Default.ENGINE;
            case "scheduler" -> SCHEDULER;
            case "portable" -> chosen(PORTABLE);
            default ->
                throw new IllegalStateException("The system property " + PROPERTY + " is '" + wanted
                        + "'; it must be 'scheduler' or 'portable'");
        };
    }

    /** An engine that was chosen. Its limits are said when it is first used. */
    static LoopEngine chosen(LoopEngine engine) {
        if (engine == PORTABLE) {
            say(Level.INFO, "as asyncloop.engine or LoopOptions says");
        }
        return engine;
    }

    /** The engine of a loop. */
    static LoopEngine of(LoopCore core) {
        return core.suspendsAnyWait() ? SCHEDULER : PORTABLE;
    }

    /** The engine itself; throws if the JDK is closed to it. */
    Engine inside() {
        return this == PORTABLE ? Engine.portable() : Engine.scheduler();
    }

    private static void say(Level level, String reason) {
        if (SAID.compareAndSet(false, true)) {
            Log.log(
                    level,
                    "asyncloop: portable engine, " + reason
                            + ". Not looked for are "
                            + (ThreadOrigins.areUnknown() ? Unseen.WITHOUT_BOTH : Unseen.WITHOUT_SCHEDULER)
                            + ". Only await, sleep and the like let other tasks run, and thread-locals of JUnit's"
                            + " thread are not there in the body of a test"
                            + (level == Level.WARNING ? ". asyncloop.require fails a run that cannot look" : ""));
        }
    }

    private static final class Default {

        static final LoopEngine ENGINE = choose();

        private static LoopEngine choose() {
            if (JdkAccess.current() != JdkAccess.NONE) {
                return SCHEDULER;
            }
            say(Level.WARNING, JdkAccess.whyClosed());
            return PORTABLE;
        }
    }
}
