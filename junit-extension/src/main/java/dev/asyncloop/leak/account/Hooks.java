package dev.asyncloop.leak.account;

import dev.asyncloop.leak.descriptors.ProcessDescriptors;
import dev.asyncloop.leak.detect.UncaughtExceptions;
import dev.asyncloop.leak.exclusions.KeptForAll;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.registers.CombinedFutures;
import dev.asyncloop.registers.JobOrigins;
import dev.asyncloop.registers.ThreadOrigins;

/** The hooks in the JDK that tell accounts what happens. Any thread. */
public final class Hooks {

    private Hooks() {}

    /** Has them inserted, before anything happens that belongs into an account. */
    static void insert() {
        CombinedFutures.install();
        ThreadOrigins.install(CurrentOwner::get);
        JobOrigins.install();
        ThreadOrigins.keep(KeptForAll.libraries());
        UncaughtExceptions.listen();
    }

    /**
     * Whether those in kotlinx's coroutines are there as well, as far as these are loaded; the log says what is not.
     */
    public static boolean areInCoroutines() {
        return JobOrigins.seesCoroutines();
    }

    /** Whether all are there in the JDK; tries once more to insert those that are not. */
    public static boolean areThere() {
        return CombinedFutures.install()
                && ThreadOrigins.install(CurrentOwner::get)
                && JobOrigins.install()
                && ProcessDescriptors.INSTANCE.seesOpenings();
    }
}
