package dev.asyncloop.samples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leaks;
import dev.asyncloop.samples.Sources;
import java.io.File;
import java.io.FileInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JaCoCo's agent and ours in one JVM, whichever comes first: each does its work, and what the other starts is no leak. */
class AgentTests {

    static class Program {

        private static final List<Object> LEFT = new ArrayList<>();

        public static void main(String[] arguments) {
            System.out.println("clean: " + Leaks.find("clean", () -> new FileInputStream(arguments[0]).close()));
            Leaks.find("leaky", () -> LEFT.add(new FileInputStream(arguments[0])))
                    .forEach(leak -> System.out.println("leaky: " + leak.kind() + " at line "
                            + leak.origin().orElseThrow().getLineNumber()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void coverage_is_measured_and_leaks_are_found(boolean jacocoFirst, @TempDir Path folder) throws Exception {
        Path coverage = folder.resolve("jacoco.exec");
        String jacoco = "-javaagent:" + archive("org.jacoco.agent") + "=destfile=" + coverage;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (jacocoFirst) {
            command.add(jacoco);
        }
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent"))
                .forEach(command::add);
        if (!jacocoFirst) {
            command.add(jacoco);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        command.add(Files.createFile(folder.resolve("orders")).toString());
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readAllLines(output))
                .containsExactly(
                        "clean: []",
                        "leaky: file-descriptor at line " + Sources.line(AgentTests.class, "LEFT" + ".add"));
        assertThat(new String(Files.readAllBytes(coverage), StandardCharsets.ISO_8859_1))
                .contains(Program.class.getName().replace('.', '/'));
    }

    private static String archive(String name) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.contains(name))
                .findFirst()
                .orElseThrow();
    }
}
