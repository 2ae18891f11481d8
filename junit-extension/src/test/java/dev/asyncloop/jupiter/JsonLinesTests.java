package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakMode;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.testing.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Findings for machines. */
class JsonLinesTests {

    private static final String PARAMETER = Constants.LEAKS_JSON_PARAMETER;

    private static final Gson GSON =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    @TempDir
    private Path folder;

    private Path file;
    private LogCapture log;

    @BeforeEach
    void start() {
        file = folder.resolve("sub").resolve("leaks.jsonl");
        log = LogCapture.start();
    }

    @AfterEach
    void stop() {
        log.close();
    }

    private static void leave(EventLoop loop, String name) {
        loop.createTask(name, () -> Asyncio.sleep(Duration.ofMinutes(5))); // leave
    }

    private List<JsonObject> written() throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> GSON.fromJson(line, JsonObject.class))
                .toList();
    }

    private static List<String> strings(JsonObject object, String field) {
        JsonArray array = object.getAsJsonArray(field);
        return array.asList().stream().map(JsonElement::getAsString).toList();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Leaving {
        @Test
        void one(EventLoop loop) {
            for (int number = 1; number <= 8; number++) {
                leave(loop, "poll-" + number);
            }
        }

        @Test
        void other(EventLoop loop) {
            loop.createTask("\"a\\b\" \n\t\u0001 \u00e4 \ud83d\ude00 \ud83d", () -> {
                leave(loop, "child");
                Asyncio.sleep(Duration.ofMinutes(5));
            });
            Asyncio.sleep(Duration.ZERO);
        }

        @Test
        void clean() {}
    }

    @Test
    void each_finding_is_a_line_with_all_that_is_known_of_it() throws IOException {
        Run.with(Map.of(PARAMETER, file.toString()), Leaving.class);
        JsonObject one = written().stream()
                .filter(line -> line.get("name").getAsString().equals("one(EventLoop)"))
                .findFirst()
                .orElseThrow();
        String frame = Line.of(JsonLinesTests.class, ".leave", "leave");
        String body = Line.of(JsonLinesTests.class, ".lambda$leave$0", "leave");
        assertThat(one.keySet())
                .containsExactly(
                        "kind", "mode", "test", "name", "owner", "what", "count", "others", "created", "waiting",
                        "fix");
        assertThat(one.get("kind").getAsString()).isEqualTo("pending-task");
        assertThat(one.get("mode").getAsString()).isEqualTo("fail");
        assertThat(one.get("test").getAsString())
                .isEqualTo("[engine:junit-jupiter]/[class:dev.asyncloop.jupiter.JsonLinesTests$Leaving]"
                        + "/[method:one(dev.asyncloop.loop.EventLoop)]");
        assertThat(one.get("owner").getAsString()).isEqualTo("JsonLinesTests.Leaving.one()");
        assertThat(one.get("what").getAsString()).isEqualTo("pending task \"poll-1\" (suspended in sleep, 5 min left)");
        assertThat(one.get("count").getAsInt()).isEqualTo(8);
        assertThat(strings(one, "others")).hasSize(7).startsWith("\"poll-2\"").endsWith("\"poll-8\"");
        assertThat(strings(one, "created").getFirst()).isEqualTo(frame);
        assertThat(strings(one, "waiting")).containsExactly(body);
        assertThat(one.get("fix").getAsString()).isEqualTo("await or cancel it, or start it with createBackgroundTask");
    }

    @Test
    void names_keep_their_signs_and_what_hangs_below_another_says_so() throws IOException {
        Run.with(Map.of(PARAMETER, file.toString()), Leaving.class);
        List<JsonObject> lines = written();
        assertThat(lines).hasSize(3); // the clean test has none
        List<JsonObject> other = lines.stream()
                .filter(line -> line.get("name").getAsString().startsWith("other"))
                .toList();
        String what = other.getFirst().get("what").getAsString();
        assertThat(what).contains("\"a\\b\" \n\t\u0001 \u00e4 \ud83d\ude00 \ud83d");
        assertThat(other.getLast().get("what").getAsString()).startsWith("pending task \"child\"");
        assertThat(other.getLast().get("below").getAsString()).isEqualTo(what);
    }

    @CheckLeaks(value = LeakMode.WARN, kinds = LeakKind.PENDING_TASK)
    static class Warned extends Leaving {}

    @CheckLeaks(LeakMode.OFF)
    static class Off extends Leaving {}

    @Test
    void the_mode_is_what_becomes_of_it() throws IOException {
        Path baseline = folder.resolve("baseline");
        Map<String, String> parameters =
                Map.of(PARAMETER, file.toString(), Constants.LEAKS_BASELINE_PARAMETER, baseline.toString());
        Files.writeString(
                baseline, Leaving.class.getName() + ".one; pending-task; " + JsonLinesTests.class.getName() + ".leave");
        Run.with(parameters, Leaving.class, Warned.class, Off.class);
        assertThat(written())
                .extracting(line ->
                        line.get("owner").getAsString() + " " + line.get("mode").getAsString())
                .containsExactlyInAnyOrder(
                        "JsonLinesTests.Leaving.one() known",
                        "JsonLinesTests.Leaving.other() fail",
                        "JsonLinesTests.Leaving.other() fail",
                        "JsonLinesTests.Warned.one() warn",
                        "JsonLinesTests.Warned.other() warn",
                        "JsonLinesTests.Warned.other() warn");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Repeating {
        @RepeatedTest(50)
        void repeats(EventLoop loop) {
            leave(loop, "x".repeat(20_000));
        }
    }

    @Test
    void tests_that_run_at_the_same_time_append_whole_lines_to_what_is_there() throws IOException {
        Map<String, String> parallel = Map.of(
                "junit.jupiter.execution.parallel.enabled",
                "true",
                "junit.jupiter.execution.parallel.mode.default",
                "concurrent",
                "junit.jupiter.execution.parallel.config.strategy",
                "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                "4",
                PARAMETER,
                file.toString());
        Run.with(parallel, Repeating.class);
        Run.with(parallel, Repeating.class);
        assertThat(written()).hasSize(100);
        assertThat(written().stream()
                        .map(line -> line.get("test").getAsString())
                        .distinct())
                .hasSize(50);
    }

    @Test
    void where_it_cannot_be_written_one_line_says_so() throws IOException {
        Files.createDirectories(file);
        assertThat(Run.with(Map.of(PARAMETER, file.toString()), Leaving.class).failures())
                .hasSize(2);
        assertThat(log.messages().stream().filter(message -> message.startsWith("The file")))
                .containsExactly("The file of findings " + file
                        + " (asyncloop.leaks.json) cannot be written, and nothing more is:"
                        + " java.nio.file.FileSystemException: " + file + ": Is a directory");
    }
}
