package dev.asyncloop.samples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leaks;
import dev.asyncloop.samples.OtherJvm;
import dev.asyncloop.samples.Sources;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our agent beside that of JaCoCo, whichever comes first, where each does its work, and before a program that sets up the JVM. */
class AgentTests {

    private static final String CLEAN = "clean: []";

    static class Program {

        private static final List<Object> LEFT = new ArrayList<>();

        public static void main(String[] arguments) {
            System.out.println("clean: " + Leaks.find("clean", () -> new FileInputStream(arguments[0]).close()));
            Leaks.find("leaky", () -> LEFT.add(new FileInputStream(arguments[0])))
                    .forEach(leak -> System.out.println("leaky: " + leak.kind() + " at line "
                            + leak.origin().orElseThrow().getLineNumber()));
        }
    }

    @Test
    void it_needs_no_other_archive(@TempDir Path folder) throws Exception {
        ProcessBuilder jvm = OtherJvm.of(
                Program.class,
                List.of(Files.createFile(folder.resolve("orders")).toString()));
        List<String> command = jvm.command();
        command.set(
                command.indexOf("-cp") + 1,
                Path.of(Program.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString());
        assertThat(OtherJvm.output(jvm, folder).lines()).containsExactly(CLEAN, leaky());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void coverage_is_measured_and_leaks_are_found(boolean jacocoFirst, @TempDir Path folder) throws Exception {
        Path coverage = folder.resolve("jacoco.exec");
        String jacoco = "-javaagent:" + archive("org.jacoco.agent") + "=destfile=" + coverage;
        ProcessBuilder jvm = OtherJvm.of(
                Program.class,
                List.of(Files.createFile(folder.resolve("orders")).toString()));
        List<String> command = jvm.command();
        command.add(jacocoFirst ? 1 : command.indexOf("-cp"), jacoco);
        assertThat(OtherJvm.output(jvm, folder).lines()).containsExactly(CLEAN, leaky());
        assertThat(new String(Files.readAllBytes(coverage), StandardCharsets.ISO_8859_1))
                .contains(Program.class.getName().replace('.', '/'));
    }

    public static class OwnLogManager extends LogManager {}

    static class ProgramThatSetsUpLogging {

        public static void main(String[] arguments) {
            System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
            System.out.println(LogManager.getLogManager().getClass().getSimpleName());
        }
    }

    @Test
    void the_program_is_the_first_to_use_the_loggers_of_the_jdk(@TempDir Path folder) throws Exception {
        assertThat(OtherJvm.output(OtherJvm.of(ProgramThatSetsUpLogging.class, List.of()), folder))
                .isEqualToIgnoringNewLines("OwnLogManager");
    }

    private static String leaky() throws IOException {
        return "leaky: file-descriptor at line " + Sources.line(AgentTests.class, "LEFT" + ".add");
    }

    private static String archive(String name) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.contains(name))
                .findFirst()
                .orElseThrow();
    }
}
