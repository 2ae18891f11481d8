package dev.asyncloop.jupiter;

import static dev.asyncloop.jupiter.LoopScope.Scope.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.testing.FreshJvm;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Descriptors in a JVM with {@code --add-opens} only, where nobody knows which line opens them. */
@EnabledOnOs(OS.LINUX)
class WithoutAgentTests {

    /** Any file that is there. */
    private static final Path FILE = Path.of("/proc/version");

    @ExtendWith(AsyncLoopExtension.class)
    static class OpensInItsInitialiser {
        static final FileInputStream KEPT = open();

        @Test
        void reads() throws IOException {
            assertThat(KEPT.read()).isPositive();
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Leaks {
        static FileInputStream left;

        @Test
        void reads() {
            left = open();
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class LeaksBesideFixtures {

        @RegisterExtension
        static final LoopFixture<String> OF_THE_RUN =
                LoopFixture.<String>of(String.class, () -> "of the run").scope(SESSION);

        @RegisterExtension
        static final LoopFixture<String> OF_THE_CLASS = LoopFixture.of(String.class, () -> "of the class");

        @RegisterExtension
        final LoopFixture<String> ofTheTest = LoopFixture.of(String.class, () -> "of the test");

        @Test
        void reads() {
            Leaks.left = open();
        }
    }

    private static FileInputStream open() {
        try {
            return new FileInputStream(FILE.toFile());
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    static class Program {
        public static void main(String[] arguments) {
            System.out.println(Run.of(OpensInItsInitialiser.class).failures());
            System.out.println(
                    Run.of(Leaks.class).failure("reads()").getMessage().replaceAll("descriptor \\d+", "descriptor #"));
            System.out.println(Run.of(LeaksBesideFixtures.class)
                    .failure("reads()")
                    .getMessage()
                    .lines()
                    .findFirst()
                    .orElseThrow());
        }
    }

    @Test
    void a_test_class_is_initialised_outside_of_its_tests_and_the_way_to_see_lines_is_told() throws Exception {
        FreshJvm.Result result = FreshJvm.run(Program.class, "--add-opens=java.base/java.lang=ALL-UNNAMED");
        assertThat(result.output()).isEqualTo("""
            {}
            WithoutAgentTests.Leaks.reads() left 1 thing behind
              1. open file descriptor # -> /proc/version
                   fix      close it in the test, e.g. with try-with-resources
              hint: -javaagent:<path of asyncloop-junit.jar> shows the line that opened it
            WithoutAgentTests.LeaksBesideFixtures.reads() left 1 thing behind
            """);
    }
}
