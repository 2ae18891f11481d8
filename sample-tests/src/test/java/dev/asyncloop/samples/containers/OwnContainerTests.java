package dev.asyncloop.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Testcontainers and its Docker client keep for the whole JVM is no leak of the test that needs them first. */
@EnabledIfContainers
class OwnContainerTests {

    @Test
    void who_starts_and_stops_one_has_left_nothing(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output");
        Process process = OtherJvm.of(OwnContainer.class, List.of())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(output).hasContent("2 passed");
    }
}
