package dev.asyncloop.leak.descriptors;

import dev.asyncloop.leak.exclusions.Exclusions;
import dev.asyncloop.leak.exclusions.What;
import java.util.List;

/** What JUnit was doing when a descriptor was opened, as the stack tells. */
final class JUnitFrames {

    private JUnitFrames() {}

    /** Whether the descriptor was opened on a thread that runs tests, as by other extensions. */
    static boolean isOnRunner(Descriptor opened) {
        for (StackTraceElement frame : stack(opened)) {
            if (Exclusions.contain(What.RUNNER, frame)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether it was opened while JUnit asked for the arguments of a parameterised test, or for the next invocation of
     * a template.
     */
    static boolean isArgument(Descriptor opened) {
        for (StackTraceElement frame : stack(opened)) {
            if (Exclusions.contain(What.ENGINE, frame) && !Exclusions.contain(What.ENGINE_CALL, frame)) {
                return Exclusions.contain(What.ENGINE_ARGUMENTS, frame);
            }
        }
        return false;
    }

    private static List<StackTraceElement> stack(Descriptor opened) {
        return opened.origin() == null ? List.of() : opened.origin().stack();
    }
}
