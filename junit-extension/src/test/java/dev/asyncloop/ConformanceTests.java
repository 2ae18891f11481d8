package dev.asyncloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/asyncio.md against the tests: each row says what does it here or why nothing does, and has its test. */
class ConformanceTests {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([A-K])(\\d+) \\| ([^|]*) \\| ([^|]*) \\| ([^|]*) \\|$".replace(" \\|", " ?\\|"));
    private static final Pattern TEST = Pattern.compile("@Test\\n((?:    @.*\\n)*)    void ([A-K]\\d\\d)_\\w+\\(");

    /** How many behaviours of each kind there are: 3A to 3I. */
    private static final Map<Character, Integer> BEHAVIOURS =
            Map.of('A', 20, 'B', 28, 'C', 14, 'D', 15, 'E', 5, 'F', 8, 'G', 18, 'H', 21, 'I', 5);

    private record Row(String id, String behaviour, String here, String difference) {

        boolean isDoneHere() {
            return !here.isBlank() && !here.equals("the compiler");
        }
    }

    private static List<Row> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("docs/asyncio.md")))
                .results()
                .map(row -> new Row(
                        row.group(1) + "%02d".formatted(Integer.parseInt(row.group(2))),
                        row.group(3).strip(),
                        row.group(4).strip(),
                        row.group(5).strip()))
                .toList();
    }

    /** The tests by number, with whether all of them need the scheduler engine. */
    private static Map<String, Boolean> tests() throws IOException {
        Map<String, Boolean> onlyOnScheduler = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                String text = Files.readString(source);
                boolean whole = text.contains("\n@Tag(\"scheduler\")");
                for (MatchResult test : TEST.matcher(text).results().toList()) {
                    boolean tagged = whole || test.group(1).contains("@Tag(\"scheduler\")");
                    onlyOnScheduler.merge(test.group(2), tagged, Boolean::logicalAnd);
                }
            }
        }
        return onlyOnScheduler;
    }

    @Test
    void every_behaviour_has_a_row() throws IOException {
        List<String> ids = rows().stream().map(Row::id).toList();
        assertThat(ids).doesNotHaveDuplicates();
        BEHAVIOURS.forEach((kind, count) -> {
            for (int number = 1; number <= count; number++) {
                assertThat(ids).contains(kind + "%02d".formatted(number));
            }
        });
    }

    @Test
    void a_row_says_what_does_it_or_why_nothing_does() throws IOException {
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row.behaviour()).isNotBlank();
            assertThat(row.here() + row.difference()).isNotBlank();
        });
    }

    @Test
    void what_is_done_here_has_a_test_by_its_number() throws IOException {
        Map<String, Boolean> tests = tests();
        assertThat(rows().stream().filter(Row::isDoneHere).map(Row::id).filter(id -> !tests.containsKey(id)))
                .isEmpty();
        assertThat(tests.keySet()).isSubsetOf(rows().stream().map(Row::id).toList());
    }

    @Test
    void it_runs_on_both_engines_unless_the_row_says_otherwise() throws IOException {
        Map<String, Boolean> tests = tests();
        assertThat(rows().stream()
                        .filter(row -> !row.difference().contains("scheduler"))
                        .map(Row::id)
                        .filter(id -> tests.getOrDefault(id, false)))
                .isEmpty();
    }
}
