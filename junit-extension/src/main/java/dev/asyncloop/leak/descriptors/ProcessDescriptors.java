package dev.asyncloop.leak.descriptors;

import dev.asyncloop.jdk.HttpClients;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.detect.Leftovers;
import dev.asyncloop.leak.detect.Pause;
import dev.asyncloop.leak.exclusions.KeptForAll;
import dev.asyncloop.leak.subject.Subject;
import dev.asyncloop.leak.text.ClientFix;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import dev.asyncloop.origin.trace.Frames;
import dev.asyncloop.registers.DescriptorOrigins;
import dev.asyncloop.registers.Opening;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the open descriptors of this process, and makes leaks of them. Logs once if they cannot be read. Any thread.
 */
public final class ProcessDescriptors {

    public static final ProcessDescriptors INSTANCE = new ProcessDescriptors(Descriptors.ofThisProcess());

    private static final String COLLECTED_FIX =
            "close it in the test, e.g. with try-with-resources; when the collector runs, nobody knows";

    /** How the link of a socket is named in whose place there is none any more. */
    private static final String ANY_SOCKET = "socket:[0]";

    private final Descriptors descriptors;
    private final UnexplainedDescriptors unexplained = new UnexplainedDescriptors();
    private final AtomicBoolean saidWhatIsLeftOut = new AtomicBoolean();

    ProcessDescriptors(Descriptors descriptors) {
        this.descriptors = descriptors;
        if (descriptors.available()) {
            DescriptorOrigins.chargeTo(CurrentOwner::get);
            DescriptorOrigins.install();
        } else {
            Log.log(Level.INFO, "asyncloop: " + descriptors.unavailableReason().orElseThrow());
        }
        descriptors.warmUp();
        TooManyOpenFiles.rehearse(this);
    }

    /** What is open now. */
    public DescriptorSnapshot snapshot() {
        return descriptors.snapshot();
    }

    /** What is open now. What is new since the last call appeared while the owners {@code atWork} were at work. */
    DescriptorSnapshot snapshot(List<Owner> atWork) {
        DescriptorSnapshot now = descriptors.snapshot();
        unexplained.appeared(now, atWork);
        return now;
    }

    /** Whether the hooks tell who opens descriptors. Even then native code may open some unseen. */
    static boolean ownersAreKnown() {
        return DescriptorOrigins.installed();
    }

    /** Whether the hooks tell who opens descriptors, or nobody looks for those on this system. */
    public boolean seesOpenings() {
        return !descriptors.available() || DescriptorOrigins.install();
    }

    /** Logs once that tests which run at the same time do not fail for what they leave open. */
    void leaveOut() {
        if (descriptors.available() && !saidWhatIsLeftOut.getAndSet(true)) {
            Log.log(
                    Level.INFO,
                    "asyncloop: no test fails for leaked file descriptors that ran at the same time as others,"
                            + " since nobody could say whose they are; with asyncloop's -javaagent it is known");
        }
    }

    /** Searches for what was opened since {@code before} and is accepted by {@code which}. */
    Leftovers openedSince(DescriptorSnapshot before, Predicate<Descriptor> which) {
        return new DescriptorLeftovers(descriptors, before, which);
    }

    /** What was opened since {@code before}, if more was opened than closed; else empty. */
    public List<Leak> moreThan(DescriptorSnapshot before, Pause pause) {
        return descriptors.moreThan(before, pause).stream()
                .map(ProcessDescriptors::leak)
                .toList();
    }

    /** Whether that file is open, other than by a class loader or another part of the JVM that keeps it for good. */
    public boolean isOpen(String path) {
        return descriptors.isOpen(path);
    }

    /** Why descriptors cannot be looked for on this machine, in one sentence; empty if they can. */
    public Optional<String> unavailableReason() {
        return descriptors.unavailableReason();
    }

    /**
     * Forgets what appeared while only these owners were at work. Their accounts are being judged, so it needs no other
     * explanation.
     */
    void explain(List<Owner> atWork) {
        unexplained.forget(atWork);
    }

    /** Whether everything that appeared could be charged to an owner. */
    public boolean isAllExplained() {
        return unexplained.isEmpty();
    }

    /** Searches for what could be charged to nobody and is still open. Called when no account is open. */
    public Leftovers unexplained() {
        return unexplained.isEmpty() ? List::of : openedSince(DescriptorSnapshot.EMPTY, unexplained::isToExplain);
    }

    /** Forgets what could be charged to nobody: it was reported. */
    public void forgetUnexplained() {
        unexplained.clear();
    }

    /** Who owns something that was searched for as {@link #unexplained()}, and who else may have opened it. */
    public UnexplainedDescriptors.Suspicion suspicion(Leftover left, Leak leak) {
        List<Descriptor> parts =
                left instanceof LeftoverDescriptor open ? open.opened().parts() : List.of();
        return new UnexplainedDescriptors.Suspicion(
                leak,
                parts.stream()
                        .flatMap(open -> Stream.ofNullable(open.owner()))
                        .findFirst()
                        .orElse(null),
                parts.stream()
                        .flatMap(open -> unexplained.suspects(open).stream())
                        .distinct()
                        .toList());
    }

    /** What {@code owner} opened and only the garbage collector closed. */
    List<Leak> collected(Owner owner) {
        List<Leak> leaks = new ArrayList<>();
        for (Opening origin : DescriptorOrigins.takeCollected(owner)) {
            if (!origin.isTold()
                    && !origin.sessionWide()
                    && !KeptForAll.isOfDroppedClient(origin.stack(), ANY_SOCKET)) {
                leaks.add(new Leak(
                        LeakKind.GARBAGE_COLLECTED,
                        new Subject.Collected(opener(origin)),
                        userCode(origin),
                        List.of(),
                        COLLECTED_FIX,
                        null,
                        null));
            }
        }
        return leaks;
    }

    /**
     * The method of the JDK that the user called, such as {@code Files.newInputStream} or {@code new FileInputStream}.
     */
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

    static Leak leak(LeakedDescriptor left) {
        List<StackTraceElement> opened = left.origins()
                .map(ProcessDescriptors::userCode)
                .filter(stack -> !stack.isEmpty())
                .findFirst()
                .orElse(List.of());
        return new Leak(
                LeakKind.FILE_DESCRIPTOR,
                new Subject.Descriptors(left.numbers(), left.target(), left.composite()),
                opened,
                List.of(),
                fix(left, opened),
                null,
                null);
    }

    private static String fix(LeakedDescriptor left, List<StackTraceElement> opened) {
        if (!left.kind().isOfClient()) {
            return left.fix();
        }
        return left.origins().anyMatch(origin -> HttpClients.haveOpened(origin.stack()))
                ? ClientFix.ofHttpClient(opened)
                : ClientFix.of(opened).orElse(left.fix());
    }

    /** The number of open descriptors by the line that opened them, or by their type if that line is unknown. */
    Map<String, Integer> census() {
        Map<String, Integer> counts = new HashMap<>();
        for (Descriptor open : descriptors.snapshot().descriptors()) {
            List<StackTraceElement> line = open.origin() == null ? List.of() : userCode(open.origin());
            String what = open.hasPath() ? open.target() : open.type();
            counts.merge(line.isEmpty() ? what : "opened  " + line.get(0), 1, Integer::sum);
        }
        return counts;
    }

    private static List<StackTraceElement> userCode(Opening origin) {
        return CallStack.userCode(origin.stack());
    }
}
