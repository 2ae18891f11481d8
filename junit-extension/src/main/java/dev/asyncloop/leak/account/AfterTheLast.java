package dev.asyncloop.leak.account;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.descriptors.ProcessDescriptors;
import dev.asyncloop.leak.descriptors.UnexplainedDescriptors;
import dev.asyncloop.leak.detect.UncaughtExceptions;
import dev.asyncloop.leak.leftovers.BegunLeftovers;
import dev.asyncloop.leak.process.LeftBehind;
import dev.asyncloop.leak.text.Alike;
import dev.asyncloop.leak.text.Folding;
import dev.asyncloop.leak.text.Layout;
import dev.asyncloop.leak.verdict.Judge;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.ThreadOrigins;
import dev.asyncloop.text.Log;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reports leaks that are found too late for an account: what an owner's leaks made after its account was closed, and
 * what has no known owner. Reports when the last account is closed and nobody is at work. No test fails for it. Any
 * thread.
 */
final class AfterTheLast {

    /**
     * The owners whose leaks were reported, and whose leaks may have gone on since. Each gets at most one late report.
     */
    private static final Map<Owner, Recipient> LEAKY = Collections.synchronizedMap(new WeakHashMap<>());

    private static final Owner OF_RUN = Owner.named(LateReports.OF_RUN);

    /** How to report to an owner. Neither part may refer to the owner, which must stay collectable. */
    private record Recipient(Judge judge, LateReports late) {}

    private AfterTheLast() {}

    /** Notes that the account of {@code owner} is closed, and that its leaks may still be at work. */
    static void expectMoreOf(Owner owner, Judge judge, LateReports late) {
        LEAKY.put(owner, new Recipient(judge, late));
    }

    /** Reports if nobody is at work. {@code last} gets the leaks without an owner. */
    static void report(BooleanSupplier nobodyIsAtWork, LateReports last) {
        if (!nobodyIsAtWork.getAsBoolean()) {
            return;
        }
        Set<Owner> owners = ThreadOrigins.owners(); // first, so that none of them is at work
        if (!nobodyIsAtWork.getAsBoolean() || owners.isEmpty() && isAllKnown()) {
            return;
        }
        List<UnexplainedDescriptors.Suspicion> unexplained = new ArrayList<>();
        Map<Owner, List<Leak>> late = new LinkedHashMap<>();
        LeftBehind.of(OF_RUN, ProcessDescriptors.INSTANCE.unexplained(), (left, leak) -> {
            UnexplainedDescriptors.Suspicion suspicion = ProcessDescriptors.INSTANCE.suspicion(left, leak);
            if (suspicion.owner() == null) {
                unexplained.add(suspicion);
            } else {
                late.computeIfAbsent(suspicion.owner(), none -> new ArrayList<>())
                        .add(leak);
            }
        });
        ProcessDescriptors.INSTANCE.forgetUnexplained();
        for (Owner owner : owners) {
            List<Leak> found = late.computeIfAbsent(owner, none -> new ArrayList<>());
            LeftBehind.of(owner, new BegunLeftovers(owner, found), (left, leak) -> found.add(leak));
            ThreadOrigins.settle(owner);
        }
        UncaughtExceptions.takeAll((owner, leak) ->
                late.computeIfAbsent(owner, none -> new ArrayList<>()).add(leak));
        late.forEach(AfterTheLast::reportLate);
        reportUnexplained(unexplained, last);
    }

    private static boolean isAllKnown() {
        return ProcessDescriptors.INSTANCE.isAllExplained() && UncaughtExceptions.areNone();
    }

    private static void reportLate(Owner owner, List<Leak> leaks) {
        @Nullable Recipient recipient = leaks.isEmpty() ? null : LEAKY.remove(owner);
        if (recipient == null) {
            return;
        }
        LeakReport report = withoutFailures(recipient.judge.judge(owner.name(), TestLines.in(leaks, owner), List.of()));
        recipient.late.ofOwner().accept(report);
        if (!report.warnings().isEmpty()) {
            Log.log(
                    Level.WARNING,
                    "asyncloop: what " + owner + " had left behind went on, and left this behind"
                            + new Folding(report.warnings()).text());
        }
    }

    private static void reportUnexplained(List<UnexplainedDescriptors.Suspicion> suspicions, LateReports last) {
        List<String> entries = new ArrayList<>();
        UnexplainedDescriptors.bySuspects(suspicions).forEach((suspects, leaks) -> {
            LeakReport report = ofNobody(suspects, leaks, last.known());
            last.ofNobody().accept(report);
            Alike.group(report.warnings())
                    .forEach(alike -> entries.add(alike + "\n       suspects " + String.join(", ", suspects)));
        });
        if (!entries.isEmpty()) {
            Log.log(
                    Level.WARNING,
                    "asyncloop: left open by one of several tests that ran at the same time;"
                            + " none of them fails for it, since nobody saw which" + Layout.numbered(entries));
        }
    }

    /** Turns failures into warnings: the owner has ended and cannot fail any more. */
    private static LeakReport withoutFailures(LeakReport report) {
        List<Leak> warnings = new ArrayList<>(report.failing());
        warnings.addAll(report.warnings());
        return new LeakReport(report.owner(), List.of(), warnings, report.known(), List.of(), report.suspects());
    }

    private static LeakReport ofNobody(List<String> suspects, List<Leak> leaks, Predicate<? super Leak> known) {
        List<Leak> silent = new ArrayList<>();
        List<Leak> told = new ArrayList<>();
        leaks.forEach(leak -> (known.test(leak) ? silent : told).add(leak));
        return new LeakReport(LateReports.OF_RUN, List.of(), told, silent, List.of(), suspects);
    }
}
