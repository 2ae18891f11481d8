package dev.asyncloop.registers;

import dev.asyncloop.agent.Hook;
import dev.asyncloop.agent.HookTable;
import dev.asyncloop.agent.JdkAccess;
import dev.asyncloop.agent.JdkEditor;
import dev.asyncloop.agent.Place;
import dev.asyncloop.jdk.CleanerThreads;
import dev.asyncloop.jdk.Insides;
import dev.asyncloop.jdk.Warmup;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.text.Log;
import java.io.FileDescriptor;
import java.lang.System.Logger.Level;
import java.lang.instrument.Instrumentation;
import java.nio.channels.SelectableChannel;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knows where the open descriptors were opened, and for whom. It works from {@link #install} on, if the JVM lets us
 * edit the JDK: with {@code -javaagent}, or attached to ourselves. Any thread.
 */
public final class DescriptorOrigins {

    private static final Place INDISPENSABLE = new Place("java.io.FileDescriptor", "<init>", "end");

    private static volatile Supplier<? extends @Nullable Owner> ownerOfCurrentThread = () -> null;
    private static volatile @Nullable OpenDescriptors register;
    private static boolean refused; // under the class's monitor

    private DescriptorOrigins() {}

    /**
     * From now on, {@code owner} says who is charged with what the current thread opens. It is called from within the
     * JDK's I/O. So it must not wait, must not open anything, and after its first call must not load classes.
     */
    public static void chargeTo(Supplier<? extends @Nullable Owner> owner) {
        ownerOfCurrentThread = owner;
    }

    /**
     * Begins to note what is opened, once. Never throws; what cannot be noted is logged.
     *
     * @return whether origins are known from now on
     */
    public static synchronized boolean install() {
        if (register != null || refused) {
            return register != null;
        }
        Instrumentation instrumentation = JdkAccess.instrumentation();
        if (instrumentation == null) {
            Warmup.ensureDone(); // who asks will have the JDK open what it opens once
            Log.log(Level.DEBUG, "asyncloop: lines that open file descriptors are unknown: there is no agent");
            return false; // not refused: one may be attached yet
        }
        try {
            register = install(instrumentation);
        } catch (Throwable unknownJdk) {
            refused = true;
            Warmup.ensureDone();
            Log.log(Level.INFO, "asyncloop: lines that open file descriptors are unknown: " + unknownJdk);
        }
        return register != null;
    }

    /** Whether origins are known. */
    public static boolean installed() {
        return register != null;
    }

    /** A number that changes whenever anything is opened or closed; negative if origins are not known. */
    public static long events() {
        OpenDescriptors known = register;
        return known == null ? -1 : known.events();
    }

    /** The opening of the descriptor that has this number now; empty if it was not seen. */
    public static Optional<Opening> of(int number) {
        OpenDescriptors known = register;
        return known == null ? Optional.empty() : known.find(number);
    }

    /** The openings of all open descriptors, by number. */
    public static Map<Integer, Opening> all() {
        OpenDescriptors known = register;
        return known == null ? Map.of() : Collections.unmodifiableMap(known.all());
    }

    /** Forgets an opening: native code has closed the descriptor. */
    public static void forget(int number, Opening opening) {
        OpenDescriptors known = register;
        if (known != null) {
            known.forget(number, opening);
        }
    }

    /**
     * The channels that their users have closed and that selectors still have, by the number of their descriptor. That
     * stays open until the selector selects again.
     */
    public static Map<Integer, SelectableChannel> closedChannels() {
        OpenDescriptors known = register;
        return known == null ? Map.of() : known.closedChannels().byNumber();
    }

    /** Takes the openings of {@code owner} that only the garbage collector closed, since the last call. */
    public static List<Opening> takeCollected(Owner owner) {
        OpenDescriptors known = register;
        return known == null ? List.of() : known.collected().take(owner);
    }

    private static OpenDescriptors install(Instrumentation instrumentation) throws Throwable {
        Insides.open(instrumentation);
        OpenDescriptors descriptors = new OpenDescriptors(() -> ownerOfCurrentThread.get());
        rehearse(descriptors);
        List<Hook> missing = listen(instrumentation, descriptors);
        if (!missing.isEmpty()) {
            Log.log(
                    Level.INFO,
                    "asyncloop: some lines that open file descriptors are unknown: this JDK has no "
                            + missing.stream().map(Hook::toString).collect(Collectors.joining(", ")));
        }
        new DescriptorProbes(descriptors).check(!JdkEditor.knowsThisJdk());
        return descriptors;
    }

    /** Lets the register listen from now on. Returns the hooks for which this JDK has no place. */
    private static List<Hook> listen(Instrumentation instrumentation, OpenDescriptors descriptors) throws Throwable {
        var listeners = HookTable.OF_THIS_JVM.listeners(JdkEvents.DESCRIPTORS, instrumentation);
        List<Hook> missing = JdkEvents.DESCRIPTORS.missing();
        for (Hook each : missing) {
            if (each.place().equals(INDISPENSABLE)) {
                throw new IllegalStateException("the constructors of FileDescriptor cannot be edited");
            }
        }
        listeners.accept(descriptors::opened, descriptors::closing);
        return missing;
    }

    /** Throws if the register is not told of each kind of descriptor; see {@link DescriptorProbes#check}. */
    static void check(boolean all) throws Exception {
        OpenDescriptors known = register;
        if (known != null) {
            new DescriptorProbes(known).check(all);
        }
    }

    /** Has every class loaded that the register needs. Once it listens, it may be told of the loading of a class. */
    private static void rehearse(OpenDescriptors descriptors) {
        FileDescriptor descriptor = new FileDescriptor();
        descriptors.opened(descriptor, -1);
        descriptors.opened(null, 0);
        descriptors.find(0).orElseThrow().stack();
        descriptors.closing(descriptor, -1);
        descriptors.closing(null, 0);
        CleanerThreads.isCurrent();
    }
}
