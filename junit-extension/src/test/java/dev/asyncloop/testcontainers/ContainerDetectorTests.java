package dev.asyncloop.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leaks;
import dev.asyncloop.testcontainers.engine.ContainerDetector;
import dev.asyncloop.testcontainers.engine.CreationNotes;
import dev.asyncloop.testcontainers.engine.RunningContainers;
import dev.asyncloop.testing.FreshJvm;
import org.junit.jupiter.api.Test;

/** Where no container was started, Testcontainers is not even loaded; what it does where one was is tested with an engine, in the samples. */
class ContainerDetectorTests {

    static class Program {
        public static void main(String[] arguments) {
            System.out.println(Leaks.find("job", () -> {}));
        }
    }

    @Test
    void what_started_no_container_costs_no_class_of_testcontainers() throws Exception {
        String output = FreshJvm.run(Program.class, "-Xlog:class+load").output();

        assertThat(output)
                .contains(ContainerDetector.class.getName(), "[]")
                .doesNotContain(CreationNotes.class.getName(), RunningContainers.class.getName(), "org.testcontainers");
    }
}
