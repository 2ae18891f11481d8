package dev.asyncloop.leak.descriptors;

import java.util.List;
import java.util.regex.Pattern;

/** What the stack says that opened a descriptor: what JUnit was doing then. */
final class JUnitFrames {

    private static final String PLATFORM = "org.junit.platform.";
    private static final String JUPITER = "org.junit.jupiter.";

    /** By which Jupiter calls everybody's code. */
    private static final Pattern INVOKERS =
            Pattern.compile("org\\.junit\\.jupiter\\.engine\\.(execution|support)\\..*");

    private static final Pattern TEMPLATES = Pattern.compile(
            "org\\.junit\\.jupiter\\.(params|engine\\.descriptor\\.((Test|Class)TemplateTestDescriptor|TemplateExecutor))\\b.*");

    private JUnitFrames() {}

    /** Whether it was opened on a thread that runs tests, as what other extensions open is. */
    static boolean isOnRunner(Descriptor opened) {
        return stack(opened).stream().anyMatch(frame -> frame.getClassName().startsWith(PLATFORM));
    }

    /** Whether JUnit was asking for the arguments of a parameterised test, or for the next invocation of another template. */
    static boolean isArgument(Descriptor opened) {
        return stack(opened).stream()
                .map(StackTraceElement::getClassName)
                .filter(type ->
                        type.startsWith(JUPITER) && !INVOKERS.matcher(type).matches())
                .findFirst()
                .filter(type -> TEMPLATES.matcher(type).matches())
                .isPresent();
    }

    private static List<StackTraceElement> stack(Descriptor opened) {
        return opened.origin() == null ? List.of() : opened.origin().stack();
    }
}
