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

    List<Leak> openedSince(DescriptorSnapshot before) {
        return descriptors.opened(before).stream()
                .map(left -> new Leak(
                        LeakKind.FILE_DESCRIPTOR,
                        "open file descriptor " + left.description(),
                        List.of(),
                        List.of(),
                        left.fix()))
                .toList();
    }
}
