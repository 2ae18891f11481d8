package dev.asyncloop.jdk;

import java.io.FileDescriptor;
import java.lang.System.Logger.Level;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the descriptors that are open now were opened. Known from {@link #install} on, where the JVM lets us edit the JDK:
 * with {@code -javaagent}, or attached to ourselves. Any thread.
 */
public final class DescriptorOrigins {

    private static final System.Logger LOGGER = System.getLogger("dev.asyncloop");

    private static volatile @Nullable OpenDescriptors register;
    private static boolean refused; // under the class's monitor

    /**
     * The moment at which a descriptor was opened.
     *
     * @param stack innermost frame first, with the JDK's own frames
     * @param threadName may be empty, as virtual threads' names are
     * @param sessionWide whether a class initialiser or the loading of a class or service opened it: something that happens
     *     once and for all, in whichever test comes first
     */
    public record Origin(List<StackTraceElement> stack, String threadName, boolean sessionWide) {

        public Origin {
            stack = List.copyOf(stack);
        }
    }

    private DescriptorOrigins() {}

    /**
     * Starts to take note of what is opened; does so once. Never throws; what can't be noted is said in the log.
     *
     * @return whether origins are known from now on
     */
    public static synchronized boolean install() {
        if (register != null || refused) {
            return register != null;
        }
        Instrumentation instrumentation = JdkAccess.instrumentation();
        if (instrumentation == null) {
            LOGGER.log(Level.DEBUG, "asyncloop: lines that open file descriptors are unknown: there is no agent");
            return false; // not refused: one may be attached yet
        }
        try {
            register = install(instrumentation);
        } catch (Throwable unknownJdk) {
            refused = true;
            LOGGER.log(Level.INFO, "asyncloop: lines that open file descriptors are unknown: " + unknownJdk);
        }
        return register != null;
    }

    /** Where the descriptor that has this number now was opened; empty if that was not seen. */
    public static Optional<Origin> of(int number) {
        OpenDescriptors known = register;
        return known == null
                ? Optional.empty()
                : known.find(number).map(opening -> {
                    List<StackTraceElement> stack = opening.stack();
                    return new Origin(
                            stack, opening.threadName(), stack.stream().anyMatch(DescriptorOrigins::isSessionWide));
                });
    }

    private static boolean isSessionWide(StackTraceElement frame) {
        return frame.getMethodName().equals("<clinit>")
                || frame.getClassName().startsWith("jdk.internal.loader.")
                || frame.getClassName().startsWith("java.util.ServiceLoader");
    }

    private static OpenDescriptors install(Instrumentation instrumentation) throws Throwable {
        instrumentation.redefineModule(
                FileDescriptor.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of(FileDescriptor.class.getPackageName(), Set.of(DescriptorOrigins.class.getModule())),
                Set.of(),
                Map.of());
        OpenDescriptors descriptors = new OpenDescriptors();
        rehearse(descriptors);
        List<DescriptorHook> missing =
                DescriptorHooks.install(instrumentation, descriptors::opened, descriptors::closing);
        if (!missing.isEmpty()) {
            LOGGER.log(
                    Level.INFO,
                    "asyncloop: some lines that open file descriptors are unknown: this JDK has no "
                            + missing.stream().map(DescriptorHook::toString).collect(Collectors.joining(", ")));
        }
        return descriptors;
    }

    /** Has every class loaded that the register needs: once it listens, loading one may be what it is told of. */
    private static void rehearse(OpenDescriptors descriptors) {
        FileDescriptor descriptor = new FileDescriptor();
        descriptors.opened(descriptor, -1);
        descriptors.opened(null, 0);
        descriptors.find(0).ifPresent(Opening::stack);
        descriptors.closing(descriptor, -1);
        descriptors.closing(null, 0);
    }
}
