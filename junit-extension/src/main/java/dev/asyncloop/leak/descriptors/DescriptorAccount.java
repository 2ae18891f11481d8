package dev.asyncloop.leak.descriptors;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.detect.Closing;
import dev.asyncloop.leak.detect.Detector;
import dev.asyncloop.leak.detect.Leftovers;
import dev.asyncloop.origin.Owner;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the file descriptors that one account's owner opened and that are open at its end, or that only the garbage
 * collector closed. One thread at a time.
 */
public final class DescriptorAccount implements Detector {

    private final DescriptorSnapshot before;

    /** The times in which others than the owner were at work. */
    private final List<Gap> gaps = new ArrayList<>();

    /** The start of the present gap, or else of the last one. */
    private DescriptorSnapshot gapFrom;

    private record Gap(DescriptorSnapshot from, DescriptorSnapshot to) {

        boolean contains(Descriptor descriptor) {
            return from.isBetween(to, descriptor);
        }
    }

    /**
     * Begins the account of {@code owner}, perhaps with a gap. {@code atWork} are the owners that were at work until
     * now.
     */
    public DescriptorAccount(Owner owner, List<Owner> atWork) {
        OlderThreads.noteOpening(owner);
        before = ProcessDescriptors.INSTANCE.snapshot(atWork);
        gapFrom = before;
    }

    /** Begins a gap: what is opened from now on belongs to others. */
    public void beginGap(List<Owner> atWork) {
        gapFrom = ProcessDescriptors.INSTANCE.snapshot(atWork);
    }

    /** Ends the gap. */
    public void endGap(List<Owner> atWork) {
        gaps.add(new Gap(gapFrom, ProcessDescriptors.INSTANCE.snapshot(atWork)));
    }

    /** Searches for what the owner opened. */
    public Leftovers leftovers(Closing closing) {
        OlderThreads.noteClosing();
        if (!closing.account().isAlone() && !ProcessDescriptors.ownersAreKnown()) {
            ProcessDescriptors.INSTANCE.leaveOut();
        }
        return closing.account().isOff(LeakKind.FILE_DESCRIPTOR)
                ? List::of
                : ProcessDescriptors.INSTANCE.openedSince(before, opened -> isOurs(opened, closing));
    }

    /** Ends the account, after all was searched for. Finds what only the garbage collector closed. */
    @Override
    public void find(Closing closing) {
        ProcessDescriptors.INSTANCE.snapshot(closing.account().atWork());
        if (closing.account().isAlone()) {
            ProcessDescriptors.INSTANCE.explain(closing.account().lineage());
        }
        closing.addAll(ProcessDescriptors.INSTANCE.collected(closing.owner()));
    }

    /**
     * Whether a descriptor that was opened since the account began is charged to its owner.
     *
     * <p>The evidence is the owner of the thread that opened it. That is exact even if tests overlap. A descriptor
     * without an owner was opened by native code, or by a thread without a known owner, such as one that the test
     * itself started. It is charged to an owner that was at work alone, since nobody else could have caused it, save
     * {@linkplain OlderThreads threads that were there before}. A gap counts as the work of others, except for the arguments of parameterised tests: these are the class's, and are
     * made between its phases.
     */
    private boolean isOurs(Descriptor opened, Closing closing) {
        return opened.owner() == null
                ? closing.account().isAlone()
                        && !OlderThreads.opened(opened, closing.owner())
                        && (gaps.stream().noneMatch(gap -> gap.contains(opened)) || JUnitFrames.isArgument(opened))
                : opened.owner() == closing.owner();
    }
}
