package dev.asyncloop.leak.descriptors;

import dev.asyncloop.leak.exclusions.Exclusions;
import dev.asyncloop.leak.exclusions.What;
import java.util.List;

/** What the stack says that opened a descriptor: what JUnit was doing then. */
final class JUnitFrames {

    private JUnitFrames() {}

    /** Whether it was opened on a thread that runs tests, as what other extensions open is. */
    static boolean isOnRunner(Descriptor opened) {
        for (StackTraceElement frame : stack(opened)) {
            if (Exclusions.contain(What.RUNNER, frame)) {
                return true;
            }
        }
        return false;
    }

    /** Whether JUnit was asking for the arguments of a parameterised test, or for the next invocation of a template. */
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
