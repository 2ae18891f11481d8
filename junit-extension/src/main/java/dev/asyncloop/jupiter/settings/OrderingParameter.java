package dev.asyncloop.jupiter.settings;

import dev.asyncloop.jupiter.Constants;
import dev.asyncloop.loop.Ordering;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ordering of each loop. If it is shuffled without a seed, each loop has another. */
final class OrderingParameter extends Parameter<Supplier<Ordering>> {

    private static final String SHUFFLED = "shuffled";

    OrderingParameter() {
        super(
                Constants.ORDERING_PARAMETER,
                "fifo",
                Ordering::fifo,
                new Description(
                        "In which order the tasks that are ready run. A failure says the seed that repeats it.",
                        "",
                        "ordering.md"));
    }

    @Override
    @Nullable
    Supplier<Ordering> parse(String value) {
        String name = value.strip().toLowerCase(Locale.ROOT);
        if (name.equals(defaultText())) {
            return Ordering::fifo;
        }
        if (name.equals(SHUFFLED)) {
            return () -> Ordering.shuffled(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
        }
        if (!name.startsWith(SHUFFLED + ":")) {
            return null;
        }
        try {
            Ordering same = Ordering.shuffled(Long.parseLong(name.substring(SHUFFLED.length() + 1)));
            return () -> same;
        } catch (NumberFormatException noSeed) {
            return null;
        }
    }

    @Override
    String values() {
        return "'fifo', 'shuffled', or 'shuffled:' and a whole number, the seed";
    }

    @Override
    List<Hint> hints() {
        return List.of(
                new Hint("fifo", "First in, first out."),
                new Hint("shuffled", "Another order in every loop; 'shuffled:<seed>' repeats one."));
    }
}
