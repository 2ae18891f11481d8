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

/** The names of the JDK's classes, fields and threads stand in its own rooms: whoever tries another JDK reads only them. */
class JdkNamesTests {

    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "asyncloop");

    private static final List<String> ROOMS = List.of("agent/", "jdk/", "registers/");

    /** The one table of whose code a frame is, which goes by packages. */
    private static final String FRAMES = "origin/trace/Frames.java";

    /** To be emptied: {@code jdk} has adapters for them. */
    private static final List<String> KNOWN = List.of(
            "leak/DescriptorNoise.java", "leak/Findings.java", "leak/LeftExecutor.java", "leak/LeftThread.java");

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?<=[\\s;{}])//[^\\n]*", Pattern.DOTALL);

    private static final Pattern LITERAL =
            Pattern.compile("\"\"\"\\s*\\n.*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"", Pattern.DOTALL);

    /** A class by its full name, an inner package, the beginning of a package, or one of those that are known by less. */
    private static final Pattern NAME = Pattern.compile("\\bjavax?\\.[a-z.]*[A-Z]"
            + "|\\bjdk\\.[a-z.]*[A-Z]|(?<![.\\w])sun\\.[a-z]|\\bjdk\\.internal\\b"
            + "|\"(?:java|jdk)\\.[a-z.]*\\.\""
            + "|\\bVirtualThread|\\bThreadPerTaskExecutor|SelectorManager|ThreadContainer|Common-Cleaner");

    @Test
    void only_their_rooms_have_names_of_what_is_inside_the_jdk() throws IOException {
        Map<String, List<String>> others = names();
        others.keySet().removeIf(file -> ROOMS.stream().anyMatch(file::startsWith));
        others.keySet().remove(FRAMES);
        others.keySet().removeAll(KNOWN);
        assertThat(others).isEmpty();
    }

    @Test
    void nobody_else_asks_which_jdk_it_is() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (ROOMS.stream().noneMatch(name(file)::startsWith)) {
                    assertThat(file).content().doesNotContain(".feature()");
                }
            }
        }
    }

    @Test
    void the_scan_finds_them_where_they_are() throws IOException {
        assertThat(names())
                .containsKeys("jdk/Workers.java", "jdk/BlockedThreads.java", "registers/JdkEvents.java", FRAMES);
    }

    @Test
    void no_file_is_excused_that_has_none() throws IOException {
        assertThat(names()).containsKeys(KNOWN.toArray(String[]::new));
    }

    /** The literals that have one, by file. */
    private static Map<String, List<String>> names() throws IOException {
        Map<String, List<String>> names = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
                List<String> found = LITERAL.matcher(code)
                        .results()
                        .map(MatchResult::group)
                        .filter(literal -> NAME.matcher(literal).find())
                        .toList();
                if (!found.isEmpty()) {
                    names.put(name(file), found);
                }
            }
        }
        return names;
    }

    private static String name(Path file) {
        return SOURCES.relativize(file).toString().replace('\\', '/');
    }
}
