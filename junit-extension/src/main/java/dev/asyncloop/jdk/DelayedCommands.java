package dev.asyncloop.jdk;

import dev.asyncloop.agent.Hook;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The commands of {@link CompletableFuture#delayedExecutor}, which wait in one queue of the JDK. Any thread. */
public final class DelayedCommands {

    private static final String AROUND = CompletableFuture.class.getName() + "$";

    /** The class that hands a command to its executor when it is due. */
    private static final String SUBMITTER = AROUND + "TaskSubmitter";

    private final MethodHandle command;

    private DelayedCommands() throws ReflectiveOperationException {
        MethodHandles.Lookup inside = MethodHandles.privateLookupIn(CompletableFuture.class, MethodHandles.lookup());
        command = inside.findGetter(Class.forName(SUBMITTER), "action", Runnable.class)
                .asType(MethodType.methodType(Runnable.class, Object.class));
    }

    /** Made when the first command is looked at. */
    private static final class OfThisJdk {

        /** Null if the JDK is closed to us, or unknown. */
        static final @Nullable DelayedCommands INSTANCE = open();

        private static @Nullable DelayedCommands open() {
            try {
                return new DelayedCommands();
            } catch (ReflectiveOperationException unknown) {
                return null;
            }
        }
    }

    /** Whether {@code hook} is for delayed commands. */
    public static boolean isIn(Hook hook) {
        return hook.place().target().equals(SUBMITTER);
    }

    /** Whether {@code thing} hands a delayed command over. */
    public static boolean isOne(@Nullable Object thing) {
        return thing != null && thing.getClass().getName().equals(SUBMITTER);
    }

    /** Whether {@code thing} hands over the command {@code handed}. */
    public static boolean isOf(@Nullable Object thing, Object handed) {
        DelayedCommands jdk = isOne(thing) ? OfThisJdk.INSTANCE : null;
        return jdk != null && jdk.commandOf(thing) == handed;
    }

    /** Whether {@code thing} hands over a command that still matters: its future, if it has one, is not done. */
    public static boolean isOfUse(Object thing) {
        DelayedCommands jdk = isOne(thing) ? OfThisJdk.INSTANCE : null;
        if (jdk == null) {
            return false;
        }
        CompletableFuture<?> completed = CompletionSteps.futureOf(jdk.commandOf(thing));
        return completed == null || !completed.isDone();
    }

    private Runnable commandOf(@Nullable Object thing) {
        try {
            return (Runnable) command.invokeExact(thing);
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }
}
