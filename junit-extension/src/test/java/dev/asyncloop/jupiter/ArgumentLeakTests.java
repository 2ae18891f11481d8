package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.testing.LeftOpen;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left open by whatever makes the arguments of a parameterised test. */
@EnabledOnOs(OS.LINUX)
class ArgumentLeakTests {

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    @ExtendWith(AsyncLoopExtension.class)
    static class Provided {

        static Stream<Integer> numbers() {
            open(0);
            return Stream.of(1, 2).peek(Provided::open);
        }

        private static void open(int number) {
            try {
                LEFT.add(new FileInputStream("/proc/version")); // provider
            } catch (IOException missing) {
                throw new AssertionError(missing);
            }
        }

        @ParameterizedTest
        @MethodSource("numbers")
        void counts(int number) {
            assertThat(number).isPositive();
        }
    }

    @Test
    void it_is_the_classs() throws IOException {
        Run run = Run.of(Provided.class);
        assertThat(run.failures()).containsOnlyKeys("ArgumentLeakTests$Provided");
        assertThat(run.failure("ArgumentLeakTests$Provided"))
                .hasMessageStartingWith("ArgumentLeakTests.Provided left 3 things behind\n")
                .hasMessageContaining(Line.of(ArgumentLeakTests.class, "$Provided.open", "provider"));
    }
}
