package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.testing.OtherModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where code of another folder leaves something behind, the message has the line of the test that called it, too. */
class TestLineTests {

    private static String at(String method, String marker) throws IOException {
        return Line.of(TestLineTests.class, method, marker);
    }

    private static String onlyLine(Class<?> fixture, String word) {
        List<String> found = Run.of(fixture).failures().values().stream()
                .flatMap(failure -> failure.getMessage().lines())
                .map(String::strip)
                .filter(line -> line.startsWith(word + "  "))
                .toList();
        assertThat(found).hasSizeLessThan(2);
        return found.isEmpty() ? "" : found.getFirst().substring(word.length()).strip();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class ByModule {
        @Test
        void opens_by_the_library(EventLoop loop) {
            OtherModule.leave(loop); // module
        }
    }

    @Test
    void the_entry_has_the_line_of_the_test_below_that_of_the_other_module() throws IOException {
        assertThat(Run.of(ByModule.class).failure("opens_by_the_library(EventLoop)"))
                .hasMessageMatching("""
                    (?s).* left 1 thing behind
                      1\\. pending timer,.*
                           created  \\Q%s\\E\\(OtherModule.java:\\d+\\)
                           in       \\Q%s\\E
                           fix .*\
                    """.formatted(
                        OtherModule.class.getName() + ".leave", at("$ByModule.opens_by_the_library", "module")));
    }

    @Test
    void the_line_is_in_the_file_of_findings(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("leaks.jsonl");
        Run.with(Map.of(Constants.LEAKS_JSON_PARAMETER, file.toString()), ByModule.class, ByItself.class);
        assertThat(Files.readAllLines(file).stream().map(line -> new Gson().fromJson(line, JsonObject.class)))
                .extracting(
                        line -> line.has("test-line") ? line.get("test-line").getAsString() : "none")
                .containsExactlyInAnyOrder(at("$ByModule.opens_by_the_library", "module"), "none");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class ByItself {
        @Test
        void leaves(EventLoop loop) {
            leave(loop);
        }

        private static void leave(EventLoop loop) {
            loop.callLater(Duration.ofHours(1), () -> {});
        }
    }

    @Test
    void a_line_of_the_test_class_is_said_once() {
        assertThat(onlyLine(ByItself.class, "in")).isEmpty();
        assertThat(onlyLine(ByItself.class, "created")).contains("ByItself.leave(");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class ByLambda {
        @Test
        void leaves(EventLoop loop) throws Exception {
            loop.createTask(() -> new Runnable() {
                        @Override
                        public void run() {
                            OtherModule.leave(loop); // anonymous
                        }
                    }.run())
                    .await();
        }
    }

    static class Base {
        @Test
        void inherited(EventLoop loop) {
            OtherModule.leave(loop); // inherited
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Heir extends Base {}

    @ExtendWith(AsyncLoopExtension.class)
    static class Outer {
        void help(EventLoop loop) {
            OtherModule.leave(loop); // outer
        }

        @Nested
        class Inner {
            @Test
            void leaves(EventLoop loop) {
                help(loop);
            }
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Factory {
        @TestFactory
        Stream<DynamicTest> leave(EventLoop loop) {
            return Stream.of(dynamicTest("dynamic", () -> OtherModule.leave(loop))); // dynamic
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    @LoopScope(LoopScope.Scope.CLASS)
    static class OfClass {
        @BeforeAll
        static void leave(EventLoop loop) {
            OtherModule.leave(loop); // class
        }

        @Test
        void passes() {}
    }

    @Test
    void it_is_found_in_what_belongs_to_the_test_class() throws IOException {
        assertThat(onlyLine(ByLambda.class, "in")).isEqualTo(at("$ByLambda$1.run", "anonymous"));
        assertThat(onlyLine(Heir.class, "in")).isEqualTo(at("$Base.inherited", "inherited"));
        assertThat(onlyLine(Outer.class, "in")).isEqualTo(at("$Outer.help", "outer"));
        assertThat(onlyLine(Factory.class, "in")).isEqualTo(at("$Factory.lambda$leave$0", "dynamic"));
        assertThat(onlyLine(OfClass.class, "in")).isEqualTo(at("$OfClass.leave", "class"));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class WithChild {
        @Test
        void leaves(EventLoop loop) {
            OtherModule.leaveTask(loop);
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @Test
    void what_hangs_below_another_leak_still_does() {
        assertThat(Run.of(WithChild.class).failure("leaves(EventLoop)"))
                .hasMessageContaining("left 1 thing behind")
                .hasMessageContaining("\n       below    pending timer");
    }
}
