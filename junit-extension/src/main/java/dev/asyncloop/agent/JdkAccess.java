package dev.asyncloop.agent;

import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;

/**
 * The way in which this JVM lets us reach {@code java.lang}. It is found and logged once. The ways are tried in this
 * order: {@code -javaagent}, {@code --add-opens}, attaching to ourselves.
 *
 * <p>If none of them works, {@link #ensureOpen()} throws the same exception at every call.
 */
public enum JdkAccess {
    AGENT("-javaagent"),
    ADD_OPENS("--add-opens"),
    SELF_ATTACHED(
            "attaching to itself; to start without the JDK's warning add -javaagent:<path of asyncloop-junit.jar> or"
                    + " --add-opens java.base/java.lang=ALL-UNNAMED to the test JVM"),
    NONE("nothing");

    /** The system property that, set to {@code false}, keeps asyncloop from attaching to its own JVM. */
    public static final String SELF_ATTACH_PROPERTY = "asyncloop.self-attach";

    private static final List<Class<?>> NEEDED = List.of(Thread.class, AbstractOwnableSynchronizer.class, Method.class);

    private final String description;

    JdkAccess(String description) {
        this.description = description;
    }

    /** The level at which the way is logged: an option of the user is no news, attaching is. */
    private Level level() {
        return this == SELF_ATTACHED ? Level.INFO : Level.DEBUG;
    }

    /** The way in which the JDK was opened; {@link #NONE} if it was not. Any thread. */
    public static JdkAccess current() {
        return Holder.ACCESS;
    }

    /**
     * Returns if {@code java.lang} is open to this module. Any thread.
     *
     * @throws IllegalStateException if it is not; the message names the two options that open it
     */
    public static void ensureOpen() {
        if (Holder.ACCESS == NONE) {
            throw new IllegalStateException("asyncloop cannot build virtual threads on its event loop: " + whyClosed());
        }
    }

    /** Why there is no access, and the ways to get it. Any thread. */
    public static String whyClosed() {
        return "the JDK is closed to it. " + ways();
    }

    /** The ways to get access, as a sentence without its full stop. Any thread. */
    public static String ways() {
        return "Add -javaagent:<path of asyncloop-junit.jar> or --add-opens java.base/java.lang=ALL-UNNAMED to the"
                + " options of the test JVM" + Holder.wayOfAttaching();
    }

    /** The ways to get an {@link #instrumentation}, as a sentence without its full stop. Any thread. */
    public static String waysToAgent() {
        return "Add -javaagent:<path of asyncloop-junit.jar> to the options of the test JVM" + Holder.wayOfAttaching();
    }

    /**
     * The instrumentation of our agent, or the one that we got by attaching to ourselves; null without either. Any
     * thread.
     */
    public static @Nullable Instrumentation instrumentation() {
        Instrumentation agent = Agent.instrumentation();
        if (agent != null) {
            return agent;
        }
        try {
            current();
            return ByteBuddyAgent.getInstrumentation();
        } catch (IllegalStateException | LinkageError notAttached) { // or without Byte Buddy
            return null;
        }
    }

    private static final class Holder {
        /** How attaching would be a way, as the end of a sentence. Written before the next. */
        private static String wayOfAttaching = "";

        static final JdkAccess ACCESS = open();

        private static JdkAccess open() {
            boolean interrupted = Thread.interrupted(); // or the JDK could not be attached to
            try {
                JdkAccess access = tryAll();
                if (access != NONE) {
                    Log.log(access.level(), "asyncloop: JDK opened by " + access.description);
                }
                return access;
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private static JdkAccess tryAll() {
            Instrumentation agent = Agent.instrumentation();
            if (agent != null) {
                openAll(agent);
                return AGENT;
            }
            if (Thread.class.getModule().isOpen("java.lang", JdkAccess.class.getModule())) {
                wayOfAttaching = ", or remove --add-opens, and asyncloop attaches to it";
                return openFurther() ? ADD_OPENS : NONE;
            }
            String attaching = ", or let asyncloop attach to it, which ";
            String forbidding = forbidding();
            if (forbidding != null) {
                wayOfAttaching = attaching + forbidding + " forbids";
                return NONE;
            }
            try {
                openAll(SelfAttachment.attach());
                return SELF_ATTACHED;
            } catch (IllegalStateException | UnsupportedOperationException | LinkageError refused) {
                wayOfAttaching = attaching + "failed (" + refused + ")";
                return NONE;
            }
        }

        /** The option that forbids to attach; null if none does. */
        private static @Nullable String forbidding() {
            return Boolean.parseBoolean(System.getProperty(SELF_ATTACH_PROPERTY, "true"))
                    ? AttachOptions.forbidding()
                    : SELF_ATTACH_PROPERTY + "=false";
        }

        private static void openAll(Instrumentation instrumentation) {
            Set<java.lang.Module> us = Set.of(JdkAccess.class.getModule());
            for (Class<?> needed : NEEDED) {
                instrumentation.redefineModule(
                        needed.getModule(),
                        Set.of(),
                        Map.of(),
                        Map.of(needed.getPackageName(), us),
                        Set.of(),
                        Map.of());
            }
        }

        /**
         * Opens the other packages by {@code Module} of the open {@code java.lang}, so that one option is enough for
         * the user.
         */
        private static boolean openFurther() {
            try {
                var addOpens =
                        java.lang.Module.class.getDeclaredMethod("implAddOpens", String.class, java.lang.Module.class);
                addOpens.setAccessible(true);
                for (Class<?> needed : NEEDED) {
                    addOpens.invoke(needed.getModule(), needed.getPackageName(), JdkAccess.class.getModule());
                }
                return true;
            } catch (ReflectiveOperationException moved) {
                wayOfAttaching = " (" + moved + ")";
                return false;
            }
        }

        static String wayOfAttaching() {
            return wayOfAttaching;
        }
    }

    /** Makes a member of the JDK accessible, and returns it. */
    public static <T extends AccessibleObject> T accessible(T member) {
        member.setAccessible(true);
        return member;
    }
}
