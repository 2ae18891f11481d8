package dev.asyncloop.samples.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.generators.AsyncGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AsyncLoopExtension.class)
class UnfinishedGeneratorLeak {

    @Test
    void takes_one_number() {
        AsyncGenerator<Integer> numbers = OrderNumbers.from(1);
        assertThat(numbers.iterator().next()).isEqualTo(1);
    }

    @Test
    void takes_one_number_and_closes() {
        try (AsyncGenerator<Integer> numbers = OrderNumbers.from(1)) {
            assertThat(numbers.iterator().next()).isEqualTo(1);
        }
    }
}
