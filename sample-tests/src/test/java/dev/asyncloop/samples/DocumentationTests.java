package dev.asyncloop.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.asyncloop.samples.leaks.LeakRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds README.md and the pages of junit-extension/docs to what runs: their Java is a region of a source file, and their failures are
 * what the test kit has seen.
 *
 * <p>The line above a block says where it is from, {@code <!-- from: sample-tests/src/…/CheckoutTests.java#first -->}, or who
 * prints it: {@code <!-- printed by: PendingTaskLeak -->}, which is in the package {@code leaks}, or
 * {@code <!-- printed by: hangs.Dinner with asyncloop.timeout=100ms -->}, which is in another and has a configuration parameter.
 */
class DocumentationTests {

    private static final Pattern ORIGIN = Pattern.compile("(?m)^<!-- (?:from|printed by): .*$");

    /** A fenced block and the origin right above it, if there is one. */
    private static final Pattern BLOCK = Pattern.compile("""
        (?mx)
        (?: ^<!--\\ (?<kind>from|printed\\ by):\\ (?<origin>\\S+)
            (?:\\ with\\ (?<parameter>[\\w.]+)=(?<value>\\S+))?\\ -->\\n+ )?
        ^```(?<language>\\w*)\\n
        (?<text>(?:(?!```).*\\n)*)
        ```$
        """);

    @TestFactory
    Stream<DynamicTest> a_snippet_is_a_region_of_a_source() throws Exception {
        return blocks("from")
                .map(block -> dynamicTest(block.group("origin"), () -> {
                    String[] pathAndRegion = block.group("origin").split("#");
                    assertThat(block.group("text").strip())
                            .isEqualTo(Sources.region(Sources.REPOSITORY.resolve(pathAndRegion[0]), pathAndRegion[1]));
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_failure_is_what_is_printed() throws Exception {
        return blocks("printed by")
                .map(block -> dynamicTest(block.group("origin"), () -> {
                    Map<String, String> parameters = block.group("parameter") == null
                            ? Map.of()
                            : Map.of(block.group("parameter"), block.group("value"));
                    assertThat(LeakRun.withoutNumbers(block.group("text").strip()))
                            .isEqualTo(LeakRun.of(printer(block.group("origin")), parameters)
                                    .printed());
                }));
    }

    private static Class<?> printer(String origin) throws ClassNotFoundException {
        String type = origin.contains(".") ? origin : "leaks." + origin;
        return Class.forName(DocumentationTests.class.getPackageName() + "." + type);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void all_java_is_a_snippet(Path document) throws Exception {
        assertThat(blocks(document).stream()
                        .filter(block -> block.group("language").equals("java"))
                        .filter(block -> "from".equals(block.group("kind"))))
                .as("blocks with <!-- from: path#region --> right above")
                .hasSize(Files.readString(document).split("```java").length - 1);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void each_origin_is_right_above_a_block(Path document) throws Exception {
        assertThat(ORIGIN.matcher(Files.readString(document)).results().map(MatchResult::group))
                .containsExactlyElementsOf(blocks(document).stream()
                        .filter(block -> block.group("kind") != null)
                        .map(block -> block.group().lines().findFirst().orElseThrow())
                        .toList());
    }

    private static Stream<MatchResult> blocks(String kind) throws Exception {
        List<MatchResult> blocks = new ArrayList<>();
        for (Path document : documents()) {
            blocks.addAll(blocks(document));
        }
        return blocks.stream().filter(block -> kind.equals(block.group("kind")));
    }

    private static List<MatchResult> blocks(Path document) throws Exception {
        return BLOCK.matcher(Files.readString(document)).results().toList();
    }

    static List<Path> documents() throws Exception {
        try (Stream<Path> pages = Files.list(Sources.REPOSITORY.resolve("junit-extension/docs"))) {
            return Stream.concat(Stream.of(Sources.REPOSITORY.resolve("README.md")), pages)
                    .sorted()
                    .toList();
        }
    }
}
