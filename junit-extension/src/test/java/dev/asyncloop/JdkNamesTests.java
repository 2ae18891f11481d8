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

/**
 * The names of the JDK's classes, fields, threads and files stand in its own rooms: whoever tries another JDK reads only
 * them.
 *
 * <p>The scan reads literals. It knows a class by its package, and by the table below what has none in its name. It
 * sees nothing that is put together from pieces, and leaves out what is specified: {@code <init>}, {@code java.home},
 * and the main classes of {@code java.util}, which code refers to by class literals.
 */
class JdkNamesTests {

    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "asyncloop");

    private static final List<String> ROOMS = List.of("agent/", "jdk/", "registers/");

    /** The one table of whose code a frame is, which goes by packages. */
    private static final String FRAMES = "origin/trace/Frames.java";

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?<=[\\s;{}])//[^\\n]*", Pattern.DOTALL);

    private static final Pattern LITERAL =
            Pattern.compile("\"\"\"\\s*\\n.*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"", Pattern.DOTALL);

    /** A class by its full name, an inner package, or the beginning of a package. */
    private static final String OF_A_PACKAGE = "\\bjavax?\\.[a-z.]*[A-Z]"
            + "|\\bjdk\\.[a-z.]*[A-Z]|(?<![.\\w])sun\\.[a-z]|\\bjdk\\.internal\\b"
            + "|\"(?:java|jdk)\\.[a-z.]*\\.\"";

    /** Classes by less. */
    private static final String OF_A_CLASS = "\\bVirtualThread|\\bThreadPerTaskExecutor|\\bForkJoin\\w|\\bTimerThread"
            + "|SelectorManager|ThreadContainer|\\bPoller\\b";

    private static final String OF_A_THREAD = "Common-Cleaner|\\bCleaner-|\\bFinalizer\\b|Reference Handler"
            + "|\\bAWT-|Attach Listener|Signal Dispatcher|CompletableFutureDelay|HttpClient-|Innocuous|\"system\"";

    /** Files, sockets and system properties of the JVM. */
    private static final String OF_A_FILE =
            "\\.java_pid|hsperfdata|/dev/u?random|\"(?:jmod|jsa)\"|\"jdk\\.(?:jfr|module)\\.|\"java\\.class\\.path\"";

    private static final Pattern NAME =
            Pattern.compile(String.join("|", OF_A_PACKAGE, OF_A_CLASS, OF_A_THREAD, OF_A_FILE));

    @Test
    void only_their_rooms_have_names_of_what_is_inside_the_jdk() throws IOException {
        Map<String, List<String>> others = names();
        others.keySet().removeIf(file -> ROOMS.stream().anyMatch(file::startsWith));
        others.keySet().remove(FRAMES);
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
                .containsKeys("jdk/Workers.java", "jdk/BlockedThreads.java", "registers/JdkEvents.java", FRAMES)
                .containsKeys("jdk/CleanerThreads.java", "jdk/HttpClients.java", "jdk/JdkThreads.java")
                .containsEntry(
                        "jdk/JvmFiles.java",
                        List.of(
                                "\"/dev/random\"",
                                "\"/dev/urandom\"",
                                "\"jmod\"",
                                "\"jsa\"",
                                "\"java.class.path\"",
                                "\"jdk.module.path\"",
                                "\"jdk.module.upgrade.path\"",
                                "\"/.java_pid\"",
                                "\"/.java_pid\"",
                                "\"/tmp/hsperfdata_\"",
                                "\"jdk.jfr.repository\""));
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
