package dev.asyncloop.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.samples.OtherJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Testcontainers and its Docker client keep for the whole JVM is no leak of the test that needs them first. */
@EnabledIfContainers
class OwnContainerTests {

    @Test
    void who_starts_and_stops_one_has_left_nothing(@TempDir Path folder) throws Exception {
        String output = OtherJvm.output(OtherJvm.of(OwnContainer.class, List.of()), folder);

        assertThat(output).isEqualToNormalizingNewlines("2 passed\n");
    }
}
