package dev.asyncloop.loop;

import dev.asyncloop.agent.JdkAccess;
import dev.asyncloop.loop.core.Engine;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** How the tasks of a loop get threads, and how the loop and its tasks take turns. */
public enum LoopEngine {

    /**
     * A task is a virtual thread that the loop schedules: whatever blocks in it suspends it, and virtual threads that
     * it starts are on the loop too. It needs the JDK to be opened, by {@code -javaagent},
     * {@code --add-opens java.base/java.lang=ALL-UNNAMED} or attaching to the own JVM.
     */
    SCHEDULER,

    /**
     * A task is an ordinary virtual thread, and the loop and its tasks pass a baton, so that one of them runs at a
     * time. It needs nothing but public API. What it cannot do:
     *
     * <ul>
     *   <li>Only {@code await}, {@code sleep} and the like let others run, as in asyncio. A task that blocks otherwise
     *       ({@code Thread.sleep}, {@code future.get()}, a lock, a socket) holds the loop.
     *   <li>Virtual threads that the code under test starts are not on the loop: neither in its order nor among its
     *       leaks, unless they come from {@link EventLoop#threadFactory()} or {@link EventLoop#asExecutor()}.
     *   <li>A test's body does not share the thread-locals of JUnit's thread.
     *   <li>A hand-over takes microseconds.
     * </ul>
     */
    PORTABLE;

    /**
     * The system property that names the engine of every loop that does not choose one: {@code scheduler} or
     * {@code portable}.
     */
    public static final String PROPERTY = "asyncloop.engine";

    /**
     * The one for loops that do not choose: the scheduler, or where the JDK is closed to it, the portable one.
     *
     * @throws IllegalStateException if the property names another
     */
    static LoopEngine byDefault() {
        String wanted = System.getProperty(PROPERTY, "");
        return switch (wanted) {
            case "", "scheduler", "portable" -> Default.ENGINE;
            default ->
                throw new IllegalStateException("The system property " + PROPERTY + " is '" + wanted
                        + "'; it must be 'scheduler' or 'portable'");
        };
    }

    /** What makes the threads; throws where the JDK is closed to it. */
    Engine inside() {
        return this == PORTABLE ? Engine.portable() : Engine.scheduler();
    }

    private static final class Default {

        static final LoopEngine ENGINE = choose(System.getProperty(PROPERTY));

        private static LoopEngine choose(@Nullable String wanted) {
            if ("scheduler".equals(wanted) || wanted == null && JdkAccess.current() != JdkAccess.NONE) {
                return SCHEDULER;
            }
            if (wanted == null) {
                say(Level.WARNING, JdkAccess.whyClosed());
            } else {
                say(Level.INFO, "chosen by " + PROPERTY);
            }
            return PORTABLE;
        }

        private static void say(Level level, String reason) {
            Log.log(
                    level,
                    "asyncloop: portable engine, " + reason
                            + ". In it only await, sleep and the like let other tasks run; virtual threads of"
                            + " the code under test are not on the loop; thread-locals of JUnit's thread are"
                            + " not there in the body");
        }
    }
}
