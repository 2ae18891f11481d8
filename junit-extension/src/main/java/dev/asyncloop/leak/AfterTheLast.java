package dev.asyncloop.leak;

import dev.asyncloop.jdk.ThreadOrigins;
import dev.asyncloop.loop.Owner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is said when the last account is closed and nobody is at work: what was begun for an owner when its account was closed
 * already, and what nobody can be charged with. Nobody fails for it. Any thread.
 */
final class AfterTheLast {

    /** Whose leaks were reported, so that they may have gone on; each hears of that once. */
    private static final Map<Owner, LeakPolicy> LEAKY = Collections.synchronizedMap(new WeakHashMap<>());

    private AfterTheLast() {}

    /** The account of {@code owner} is closed, but what it left behind may be at work. */
    static void mayHear(Owner owner, LeakPolicy policy) {
        LEAKY.put(owner, policy);
    }

    /** Logs it, where nobody is at work. */
    static void report(BooleanSupplier nobodyIsAtWork) {
        if (!nobodyIsAtWork.getAsBoolean()) {
            return;
        }
        Set<Object> owners = ThreadOrigins.owners(); // before the answer that counts: who begins after it is at work
        if (!nobodyIsAtWork.getAsBoolean()) {
            return;
        }
        List<UnexplainedDescriptors.Finding> unexplained = new ArrayList<>();
        Map<Owner, List<Leak>> late = new LinkedHashMap<>();
        for (UnexplainedDescriptors.Finding finding : ProcessDescriptors.INSTANCE.unexplained(Thread::sleep)) {
            if (finding.owner() == null) {
                unexplained.add(finding);
            } else {
                late.computeIfAbsent(finding.owner(), none -> new ArrayList<>()).add(finding.leak());
            }
        }
        for (Object each : owners) {
            if (each instanceof Owner owner) {
                List<Leak> found = late.computeIfAbsent(owner, none -> new ArrayList<>());
                found.addAll(new LeftThreads(owner, found, Thread::sleep).find());
                ThreadOrigins.settle(owner);
            }
        }
        UncaughtExceptions.takeAll((owner, leak) ->
                late.computeIfAbsent(owner, none -> new ArrayList<>()).add(leak));
        late.forEach(AfterTheLast::warnOfLate);
        warnOfUnexplained(unexplained);
    }

    private static void warnOfLate(Owner owner, List<Leak> leaks) {
        @Nullable LeakPolicy policy = leaks.isEmpty() ? null : LEAKY.remove(owner);
        List<Leak> told =
                policy == null ? List.of() : policy.judge(owner.name(), leaks).all();
        if (!told.isEmpty()) {
            LeakLog.warn("asyncloop: what " + owner + " had left behind went on, and left this behind"
                    + new Folding(told).text());
        }
    }

    private static void warnOfUnexplained(List<UnexplainedDescriptors.Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        LeakLog.warn("asyncloop: left open by one of several tests that ran at the same time;"
                + " none of them fails for it, since nobody saw which"
                + Folding.numbered(UnexplainedDescriptors.entries(findings)));
    }
}
