package dev.asyncloop.leak;

import dev.asyncloop.jdk.KeptConnections;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.origin.trace.Frames;
import dev.asyncloop.registers.DescriptorOrigins;
import dev.asyncloop.registers.Opening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** The descriptors of this process as findings; says once where they cannot be read. */
final class ProcessDescriptors {

    static final ProcessDescriptors INSTANCE = new ProcessDescriptors(Descriptors.ofThisProcess());

    private static final String COLLECTED_FIX =
            "close it in the test, e.g. with try-with-resources; when the collector runs, nobody knows";

    private static final String RESPONSE_FIX =
            "close the stream of the response or read it to its end, or disconnect the HttpURLConnection";

    private final Descriptors descriptors;
    private final UnexplainedDescriptors unexplained = new UnexplainedDescriptors();
    private final AtomicBoolean saidWhatIsLeftOut = new AtomicBoolean();

    ProcessDescriptors(Descriptors descriptors) {
        this.descriptors = descriptors;
        if (descriptors.available()) {
            DescriptorOrigins.chargeTo(CurrentOwner::get);
            DescriptorOrigins.install();
        } else {
            LeakLog.inform("asyncloop: " + descriptors.unavailableReason().orElseThrow());
        }
        descriptors.warmUp();
        TooManyOpenFiles.rehearse(this);
    }

    /** What is open now. */
    DescriptorSnapshot snapshot() {
        return descriptors.snapshot();
    }

    /** What is open now; what appeared since this was last called, did so while these were at work. */
    DescriptorSnapshot snapshot(List<Owner> atWork) {
        DescriptorSnapshot now = descriptors.snapshot();
        unexplained.appeared(now, atWork);
        return now;
    }

    /** Whether it is known who opened what, as far as the JDK's own code opened it. */
    static boolean ownersAreKnown() {
        return DescriptorOrigins.installed();
    }

    /** Says, once, that a test does not fail for what it leaves open because others ran at the same time. */
    void leaveOut() {
        if (descriptors.available() && !saidWhatIsLeftOut.getAndSet(true)) {
            LeakLog.inform("asyncloop: no test fails for leaked file descriptors that ran at the same time as others,"
                    + " since nobody could say whose they are; with asyncloop's -javaagent it is known");
        }
    }

    List<Leak> openedSince(DescriptorSnapshot before, Predicate<Descriptor> which, Descriptors.Pause pause) {
        List<Leak> leaks = new ArrayList<>();
        for (LeakedDescriptor opened : descriptors.opened(before, which, pause)) {
            leaks.add(leak(opened));
        }
        return leaks;
    }

    /** What was opened since, where it is more than was closed since. */
    List<Leak> moreThan(DescriptorSnapshot before, Descriptors.Pause pause) {
        return descriptors.moreThan(before, pause).stream().map(this::leak).toList();
    }

    /** Whether it is open, and by none who keeps it. */
    boolean isOpen(String path) {
        return descriptors.isOpen(path);
    }

    /** Why nothing can be found here, one sentence; empty if it can. */
    Optional<String> unavailableReason() {
        return descriptors.unavailableReason();
    }

    /** An account is judged in which nobody else was at work: what of it is no finding, needs no explanation either. */
    void explain(List<Owner> atWork) {
        unexplained.forget(atWork);
    }

    /** Whether there is nothing that nobody could be charged with. */
    boolean isAllExplained() {
        return unexplained.isEmpty();
    }

    /** What nobody could be charged with, and is still open now that no account is open; each once. */
    List<UnexplainedDescriptors.Finding> unexplained(Descriptors.Pause pause) {
        if (unexplained.isEmpty()) {
            return List.of();
        }
        List<LeakedDescriptor> left = descriptors.opened(DescriptorSnapshot.EMPTY, unexplained::isToExplain, pause);
        DescriptorSnapshot now = descriptors.snapshot();
        List<UnexplainedDescriptors.Finding> findings = left.stream()
                .map(each -> finding(
                        each,
                        each.numbers().stream()
                                .map(now::at)
                                .filter(Objects::nonNull)
                                .toList()))
                .toList();
        unexplained.clear();
        return findings;
    }

    private UnexplainedDescriptors.Finding finding(LeakedDescriptor left, List<Descriptor> parts) {
        return new UnexplainedDescriptors.Finding(
                leak(left),
                parts.stream()
                        .map(Descriptor::owner)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                parts.stream()
                        .flatMap(open -> unexplained.suspects(open).stream())
                        .distinct()
                        .toList());
    }

    /** What {@code owner} opened and the garbage collector closed. */
    List<Leak> collected(Owner owner) {
        List<Leak> leaks = new ArrayList<>();
        for (Opening origin : DescriptorOrigins.takeCollected(owner)) {
            if (!origin.sessionWide()) {
                leaks.add(new Leak(
                        LeakKind.GARBAGE_COLLECTED,
                        "what " + opener(origin) + " opened, closed only by the garbage collector",
                        userCode(origin),
                        List.of(),
                        COLLECTED_FIX));
            }
        }
        return leaks;
    }

    /** The method of the JDK that the user called, such as {@code Files.newInputStream} or {@code new FileInputStream}. */
    private static String opener(Opening origin) {
        StackTraceElement opener = origin.stack().get(0);
        for (StackTraceElement frame : origin.stack()) {
            if (!Frames.isJdk(frame)) {
                break;
            }
            opener = frame;
        }
        String type = opener.getClassName().substring(opener.getClassName().lastIndexOf('.') + 1);
        return opener.getMethodName().equals("<init>") ? "new " + type : type + "." + opener.getMethodName();
    }

    private Leak leak(LeakedDescriptor left) {
        boolean numbered = Character.isDigit(left.description().charAt(0));
        String number = left.numbers().size() == 1 ? "file descriptor " : "file descriptors ";
        List<StackTraceElement> opened = origin(left.numbers());
        return new Leak(
                LeakKind.FILE_DESCRIPTOR,
                "open " + (numbered ? number : "") + left.description(),
                opened,
                List.of(),
                isOfResponse(left) ? RESPONSE_FIX : left.fix());
    }

    private static boolean isOfResponse(LeakedDescriptor left) {
        return left.kind() == DescriptorKind.SOCKET
                && left.numbers().stream()
                        .flatMap(number -> DescriptorOrigins.of(number).stream())
                        .anyMatch(origin -> KeptConnections.mayKeep(origin.stack()));
    }

    /** How many are open by what opened them, and where that is unknown by what they are. */
    Map<String, Integer> census() {
        Map<String, Integer> counts = new HashMap<>();
        for (Descriptor open : descriptors.snapshot().descriptors()) {
            List<StackTraceElement> line = open.origin() == null ? List.of() : userCode(open.origin());
            String what = open.hasPath() ? open.target() : open.type();
            counts.merge(line.isEmpty() ? what : "opened  " + line.get(0), 1, Integer::sum);
        }
        return counts;
    }

    private static List<StackTraceElement> origin(List<Integer> numbers) {
        return numbers.stream()
                .flatMap(number -> DescriptorOrigins.of(number).stream())
                .map(ProcessDescriptors::userCode)
                .filter(stack -> !stack.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<StackTraceElement> userCode(Opening origin) {
        return CallStack.userCode(origin.stack());
    }
}
