package dev.asyncloop.samples.leaks;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AsyncLoopExtension.class)
class UnclosedLoopLeak {

    @Test
    void takes_a_reminder() {
        Reminders reminders = new Reminders();
        reminders.remind(Duration.ofHours(1), () -> {});
    }

    @Test
    void takes_a_reminder_and_is_closed() {
        try (Reminders reminders = new Reminders()) {
            reminders.remind(Duration.ofHours(1), () -> {});
        }
    }
}
