package dev.asyncloop.leak;

import java.lang.System.Logger.Level;
import java.util.List;

/** The descriptors of this process as findings; says once where they cannot be read. */
final class ProcessDescriptors {

    static final ProcessDescriptors INSTANCE = new ProcessDescriptors(Descriptors.ofThisProcess());

    private final Descriptors descriptors;

    ProcessDescriptors(Descriptors descriptors) {
        this.descriptors = descriptors;
        descriptors
                .unavailableReason()
                .ifPresent(reason -> System.getLogger("dev.asyncloop").log(Level.INFO, "asyncloop: " + reason));
        descriptors.warmUp();
    }

    DescriptorSnapshot snapshot() {
        return descriptors.snapshot();
    }

    List<Leak> openedSince(DescriptorSnapshot before, Descriptors.Pause pause) {
        return descriptors.opened(before, pause).stream()
                .map(ProcessDescriptors::leak)
                .toList();
    }

    private static Leak leak(LeakedDescriptor left) {
        boolean numbered = Character.isDigit(left.description().charAt(0));
        String number = left.numbers().size() == 1 ? "file descriptor " : "file descriptors ";
        return new Leak(
                LeakKind.FILE_DESCRIPTOR,
                "open " + (numbered ? number : "") + left.description(),
                List.of(),
                List.of(),
                left.fix());
    }
}
