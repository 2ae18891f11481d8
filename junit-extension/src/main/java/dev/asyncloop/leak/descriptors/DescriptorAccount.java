package dev.asyncloop.leak.descriptors;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.detect.Closing;
import dev.asyncloop.leak.detect.Detector;
import dev.asyncloop.origin.Owner;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the file descriptors that the owner of one account opened, and that are open at its end or were closed by the
 * garbage collector only. One thread at a time.
 */
public final class DescriptorAccount implements Detector {

    private final DescriptorSnapshot before;

    /** The times in which others than the owner were at work. */
    private final List<Gap> gaps = new ArrayList<>();

    /** When the present gap began, or else the last one. */
    private DescriptorSnapshot gapFrom;

    private record Gap(DescriptorSnapshot from, DescriptorSnapshot to) {

        boolean contains(Descriptor descriptor) {
            return from.isBetween(to, descriptor);
        }
    }

    /** Begins, perhaps with a gap; {@code atWork} are the owners that were at work until now. */
    public DescriptorAccount(List<Owner> atWork) {
        before = ProcessDescriptors.INSTANCE.snapshot(atWork);
        gapFrom = before;
    }

    /** What is opened from now on is somebody else's. */
    public void beginGap(List<Owner> atWork) {
        gapFrom = ProcessDescriptors.INSTANCE.snapshot(atWork);
    }

    /** Ends what {@link #beginGap} began. */
    public void endGap(List<Owner> atWork) {
        gaps.add(new Gap(gapFrom, ProcessDescriptors.INSTANCE.snapshot(atWork)));
    }

    @Override
    public void find(Closing closing) {
        if (!closing.account().isAlone() && !ProcessDescriptors.ownersAreKnown()) {
            ProcessDescriptors.INSTANCE.leaveOut();
        }
        if (!closing.account().isOff(LeakKind.FILE_DESCRIPTOR)) {
            closing.addAll(
                    ProcessDescriptors.INSTANCE.openedSince(before, opened -> isOurs(opened, closing), closing::pause));
        }
        ProcessDescriptors.INSTANCE.snapshot(closing.account().atWork());
        if (closing.account().isAlone()) {
            ProcessDescriptors.INSTANCE.explain(closing.account().lineage());
        }
        closing.addAll(ProcessDescriptors.INSTANCE.collected(closing.owner()));
    }

    /**
     * Whether what was opened since this account was is charged to it. The evidence is the owner of the thread that
     * opened it, which is exact also among tests that overlap. What has none was opened by native code, or by a thread
     * that works for nobody known, such as one that the test started itself: that counts where nobody else was at work,
     * since who else would have started it. The arguments of parameterised tests are the class's, and made between its
     * phases.
     */
    private boolean isOurs(Descriptor opened, Closing closing) {
        return opened.owner() == null
                ? closing.account().isAlone()
                        && (gaps.stream().noneMatch(gap -> gap.contains(opened)) || JUnitFrames.isArgument(opened))
                : opened.owner() == closing.owner();
    }
}
