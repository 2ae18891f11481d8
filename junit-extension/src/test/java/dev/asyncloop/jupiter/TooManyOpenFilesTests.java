package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.testing.LeftOpen;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test that fails because too many files are open shows who opened them. */
@EnabledOnOs(OS.LINUX)
class TooManyOpenFilesTests {

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    @ExtendWith(AsyncLoopExtension.class)
    static class Fails {
        @Test
        void for_want_of_descriptors() throws IOException {
            for (int i = 0; i < 30; i++) {
                LEFT.add(new FileInputStream("/proc/version")); // line
            }
            throw new IllegalStateException("no orders", new FileNotFoundException("orders.db (Too many open files)"));
        }

        @Test
        void otherwise() {
            throw new IllegalStateException("no orders");
        }
    }

    @Test
    void the_lines_that_opened_them_are_counted() throws IOException {
        Run run = Run.of(Fails.class);
        String line = Line.of(TooManyOpenFilesTests.class, "$Fails.for_want_of_descriptors", "line");
        assertThat(suppressed(run.failure("for_want_of_descriptors()")))
                .anySatisfy(text -> assertThat(text)
                        .containsPattern("^\\d+ file descriptors are open\n      30  opened  ")
                        .contains("      30  opened  " + line + "\n"));
        assertThat(suppressed(run.failure("otherwise()"))).isEmpty();
    }

    private static List<String> suppressed(Throwable failure) {
        return Stream.of(failure.getSuppressed()).map(Throwable::toString).toList();
    }
}
