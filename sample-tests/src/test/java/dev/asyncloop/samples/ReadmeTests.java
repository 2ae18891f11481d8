package dev.asyncloop.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.asyncloop.samples.leaks.LeakRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds README.md to what runs: its Java is a region of a source file, and its failures are what the test kit has seen.
 *
 * <p>The line above a block says where it is from, {@code <!-- from: sample-tests/src/…/CheckoutTests.java#first -->}, or who
 * prints it, {@code <!-- printed by: PendingTaskLeak -->}.
 */
class ReadmeTests {

    private static final Path README = Sources.REPOSITORY.resolve("README.md");

    private static final Pattern ORIGIN = Pattern.compile("(?m)^<!-- (?:from|printed by): .*$");

    /** A fenced block and the origin right above it, if there is one. */
    private static final Pattern BLOCK = Pattern.compile("""
        (?mx)
        (?: ^<!--\\ (?<kind>from|printed\\ by):\\ (?<origin>\\S+)\\ -->\\n+ )?
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
                    Class<?> leaky = Class.forName(LeakRun.class.getPackageName() + "." + block.group("origin"));
                    assertThat(LeakRun.withoutNumbers(block.group("text").strip()))
                            .isEqualTo(LeakRun.of(leaky).printed());
                }));
    }

    @Test
    void all_java_is_a_snippet() throws Exception {
        assertThat(readme()).contains("```java");
        assertThat(blocks().stream()
                        .filter(block -> block.group("language").equals("java"))
                        .filter(block -> "from".equals(block.group("kind"))))
                .as("blocks with <!-- from: path#region --> right above")
                .hasSize(readme().split("```java").length - 1);
    }

    @Test
    void each_origin_is_right_above_a_block() throws Exception {
        assertThat(ORIGIN.matcher(readme()).results().map(MatchResult::group))
                .containsExactlyElementsOf(blocks().stream()
                        .filter(block -> block.group("kind") != null)
                        .map(block -> block.group().lines().findFirst().orElseThrow())
                        .toList());
    }

    private static Stream<MatchResult> blocks(String kind) throws Exception {
        return blocks().stream().filter(block -> kind.equals(block.group("kind")));
    }

    private static List<MatchResult> blocks() throws Exception {
        return BLOCK.matcher(readme()).results().toList();
    }

    private static String readme() throws Exception {
        assertThat(README).as("the README that shows the samples").exists();
        return Files.readString(README);
    }
}
