package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.testing.LogCapture;
import java.util.List;

/** What the log says of leaks that fail nothing. */
final class Warnings {

    private Warnings() {}

    /** The warnings of a run of fixture classes in which nothing fails, one for each test or class that left something. */
    static List<String> of(Class<?>... fixtures) {
        try (LogCapture log = LogCapture.start()) {
            assertThat(Run.of(fixtures).failures()).isEmpty();
            return log.messages().stream()
                    .filter(message -> message.contains(" behind\n"))
                    .toList();
        }
    }
}
