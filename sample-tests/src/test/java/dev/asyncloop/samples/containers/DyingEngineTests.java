package dev.asyncloop.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.samples.OtherJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** The engine dies or hangs, behind a relay, under the tests of a JVM that knows no other: it says so once for each thing that it cannot do, and ends. */
@EnabledIfContainers
class DyingEngineTests {

    private static final String FIX =
            "  fix  start it again, or see why it hangs; then docker rm -f what it left running";

    @TempDir
    private Path folder;

    /** What the other JVM printed. */
    private String output;

    /** The session of its containers, once it has ended. */
    private String session = "";

    @Test
    void one_that_dies() throws Exception {
        run(EngineRelay::die, DyingEngine.Orders.class, DyingEngine.LaterOrders.class);

        assertThat(output.replaceAll(
                        "(RuntimeException|container ID|redis:7.0): \\S+Exception: .*",
                        "$1: WHY")) // refused, or cut off
                .isEqualTo("""
                    running
                    counts_orders(GenericContainer) failed: java.lang.RuntimeException: WHY
                    \tSuppressed: DyingEngine.Orders.CACHE: The Docker engine did not answer \
                    when asked for the state of redis:7.0, container ID: WHY
                    %1$s
                    dev.asyncloop.samples.containers.DyingEngine$Orders failed: dev.asyncloop.jupiter.FixtureError: \
                    The fixture DyingEngine.Orders.CACHE failed when it was closed: \
                    dev.asyncloop.testcontainers.engine.SilentEngineException: The Docker engine did not answer \
                    when asked to stop redis:7.0, container ID: WHY
                    %1$s
                    dev.asyncloop.samples.containers.DyingEngine$LaterOrders failed: dev.asyncloop.jupiter.FixtureError: \
                    The fixture DyingEngine.LaterOrders.CACHE could not be made: \
                    dev.asyncloop.testcontainers.engine.SilentEngineException: The Docker engine did not answer \
                    when asked to start redis:7.0: WHY
                    %1$s
                    """.formatted(FIX));
        assertThatNothingIsLeft();
    }

    @Test
    void one_that_hangs() throws Exception {
        run(EngineRelay::hang, DyingEngine.Orders.class);

        assertThat(output.replaceAll("\\(suspended .*\\)", "(suspended)").replaceAll("waiting  .*", "waiting  WHERE"))
                .isEqualTo("""
                    running
                    counts_orders(GenericContainer) failed: java.util.concurrent.TimeoutException: \
                    counts_orders(org.testcontainers.containers.GenericContainer) timed out after 2 seconds
                    \tSuppressed: java.lang.RuntimeException: java.nio.channels.ClosedByInterruptException
                    \tSuppressed: DyingEngine.Orders.CACHE: The Docker engine did not answer \
                    when asked for the state of redis:7.0, container ID: it was given 10 s
                    %1$s
                    \tSuppressed: java.lang.InterruptedException: interrupted while the event loop was running
                      1. task "DyingEngine.Orders.counts_orders()" (suspended)
                           waiting  WHERE
                    dev.asyncloop.samples.containers.DyingEngine$Orders failed: dev.asyncloop.jupiter.FixtureError: \
                    The fixture DyingEngine.Orders.CACHE failed when it was closed: \
                    dev.asyncloop.testcontainers.engine.SilentEngineException: The Docker engine did not answer \
                    when asked to stop redis:7.0, container ID: it was given 1 s
                    %1$s
                    """.formatted(FIX));
        assertThatNothingIsLeft();
    }

    /** None of our threads still asks, and the search for containers was not given up for what it could not ask. */
    private void assertThatNothingIsLeft() throws IOException {
        assertThat(folder.resolve("threads")).content().contains("\"main\"").doesNotContain("asyncloop-docker");
        assertThat(folder.resolve("log")).content().doesNotContain("ContainerDetector");
    }

    private interface End {
        void of(EngineRelay engine) throws IOException;
    }

    private void run(End end, Class<?>... types) throws Exception {
        URI engine = DockerClientFactory.instance().getTransportConfig().getDockerHost();
        Assumptions.assumeTrue("unix".equals(engine.getScheme()), () -> "a relay to " + engine + " is not written");
        Path socket = folder.resolve("docker.sock");
        List<String> arguments = new ArrayList<>();
        arguments.add(folder.resolve("threads").toString());
        Stream.of(types).map(Class::getName).forEach(arguments::add);
        ProcessBuilder builder = OtherJvm.of(DyingEngine.class, arguments)
                .redirectError(Redirect.to(folder.resolve("log").toFile()));
        builder.environment().put("DOCKER_HOST", "unix://" + socket);

        StringBuilder printed = new StringBuilder();
        try (EngineRelay relay = new EngineRelay(socket, Path.of(engine.getPath()))) {
            Process process = builder.start();
            try (BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.equals("running")) {
                        end.of(relay);
                        process.outputWriter().append('\n').flush();
                    }
                    if (line.startsWith("end ")) {
                        session = line.substring("end ".length());
                        relay.die(); // or Testcontainers would wait for it
                    } else {
                        printed.append(line).append('\n');
                    }
                }
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
                remove();
            }
        }
        output = printed.toString().replaceAll("\\S+/redis", "redis");
    }

    private void remove() {
        var engine = DockerClientFactory.lazyClient();
        engine.listContainersCmd()
                .withLabelFilter(Map.of(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, session))
                .exec()
                .forEach(left ->
                        engine.removeContainerCmd(left.getId()).withForce(true).exec());
    }
}
