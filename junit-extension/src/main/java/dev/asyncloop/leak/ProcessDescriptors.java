package dev.asyncloop.leak;

import dev.asyncloop.jdk.CallStack;
import dev.asyncloop.jdk.DescriptorOrigins;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** The descriptors of this process as findings; says once where they cannot be read. */
final class ProcessDescriptors {

    static final ProcessDescriptors INSTANCE = new ProcessDescriptors(Descriptors.ofThisProcess());

    private final Descriptors descriptors;
    private final boolean originsAreKnown;
    private final AtomicBoolean saidWhatIsLeftOut = new AtomicBoolean();

    ProcessDescriptors(Descriptors descriptors) {
        this.descriptors = descriptors;
        descriptors
                .unavailableReason()
                .ifPresent(reason -> System.getLogger("dev.asyncloop").log(Level.INFO, "asyncloop: " + reason));
        originsAreKnown = descriptors.available() && DescriptorOrigins.install();
        descriptors.warmUp();
    }

    DescriptorSnapshot snapshot() {
        return descriptors.snapshot();
    }

    /** Says, once, that a test was not looked at because others ran at the same time. */
    void leaveOut() {
        if (descriptors.available() && !saidWhatIsLeftOut.getAndSet(true)) {
            System.getLogger("dev.asyncloop")
                    .log(
                            Level.INFO,
                            "asyncloop: leaked file descriptors are not looked for in tests that run at the same time"
                                    + " as others, since nobody could say whose they are");
        }
    }

    List<Leak> openedSince(DescriptorSnapshot before, Predicate<Descriptor> which, Descriptors.Pause pause) {
        return descriptors.opened(before, which, pause).stream().map(this::leak).toList();
    }

    private Leak leak(LeakedDescriptor left) {
        boolean numbered = Character.isDigit(left.description().charAt(0));
        String number = left.numbers().size() == 1 ? "file descriptor " : "file descriptors ";
        List<StackTraceElement> opened = origin(left.numbers());
        boolean hint = opened.isEmpty() && !originsAreKnown;
        return new Leak(
                LeakKind.FILE_DESCRIPTOR,
                "open " + (numbered ? number : "") + left.description(),
                opened,
                List.of(),
                left.fix() + (hint ? "; with asyncloop's -javaagent you see the line that opens it" : ""));
    }

    private static List<StackTraceElement> origin(List<Integer> numbers) {
        return numbers.stream()
                .flatMap(number -> DescriptorOrigins.of(number).stream())
                .map(origin -> CallStack.userCode(origin.stack().stream()))
                .filter(stack -> !stack.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
