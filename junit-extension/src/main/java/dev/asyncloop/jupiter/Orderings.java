package dev.asyncloop.jupiter;

import dev.asyncloop.loop.schedule.Ordering;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The configured ordering of loops, and what a failure says about it. */
final class Orderings {

    private static final String PARAMETER = Constants.ORDERING_PARAMETER;
    private static final String SHUFFLED = "shuffled";

    private Orderings() {}

    /** One for each loop: shuffled without a seed, each has another. Rejects a value that it does not know. */
    static Supplier<Ordering> configured(ExtensionContext context) {
        Optional<String> value = context.getConfigurationParameter(PARAMETER);
        return value.isEmpty() ? Ordering::fifo : parse(value.get());
    }

    private static Supplier<Ordering> parse(String value) {
        String name = value.strip().toLowerCase(Locale.ROOT);
        if (name.equals(Ordering.fifo().toString())) {
            return Ordering::fifo;
        }
        if (name.equals(SHUFFLED)) {
            return () -> Ordering.shuffled(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
        }
        try {
            if (name.startsWith(SHUFFLED + ":")) {
                Ordering same = Ordering.shuffled(Long.parseLong(name.substring(SHUFFLED.length() + 1)));
                return () -> same;
            }
        } catch (NumberFormatException noSeed) {
            // as any other value
        }
        throw new ExtensionConfigurationException("The configuration parameter " + PARAMETER + " is '" + value
                + "'; it may be 'fifo', 'shuffled', or 'shuffled:' and a whole number, the seed");
    }

    /** Adds to a failure how to have the same order again. */
    static void note(Throwable failure, Ordering ordering) {
        if (!ordering.equals(Ordering.fifo())) {
            failure.addSuppressed(new ShuffledOrder(ordering));
        }
    }

    /** No failure by itself, and so without a stack. */
    private static final class ShuffledOrder extends RuntimeException {

        private static final long serialVersionUID = 1;

        ShuffledOrder(Ordering ordering) {
            super(
                    "the tasks ran in a shuffled order; " + PARAMETER + " = " + ordering + " repeats it",
                    null,
                    false,
                    false);
        }
    }
}
