package dev.asyncloop.jupiter;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.asyncloop.testing.LogCapture;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The constants, what editors read about them, and the tables of docs/configuration.md: they know the same names. */
class ConfigurationTests {

    private static final String METADATA = "/META-INF/junit-platform-configuration-metadata.json";

    /** Name, values, default, meaning, in the code. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(asyncloop[^`]*)` \\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|$");

    /** The values of the constants whose names end so. */
    private static List<String> constants(String suffix) {
        return Stream.of(Constants.class.getFields())
                .filter(field -> field.getName().endsWith(suffix))
                .map(field -> {
                    try {
                        return (String) field.get(null);
                    } catch (IllegalAccessException impossible) {
                        throw new AssertionError(impossible);
                    }
                })
                .toList();
    }

    private static List<String> constants() {
        return Stream.concat(constants("_PARAMETER").stream(), constants("_PROPERTY").stream())
                .toList();
    }

    private static List<JsonObject> metadata(String array) {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Constants.class.getResourceAsStream(METADATA)), StandardCharsets.UTF_8)) {
            return elements(JsonParser.parseReader(reader).getAsJsonObject(), array)
                    .map(JsonElement::getAsJsonObject)
                    .toList();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static Stream<JsonElement> elements(JsonObject object, String array) {
        return StreamSupport.stream(object.getAsJsonArray(array).spliterator(), false);
    }

    private static String text(JsonObject object, String field) {
        return object.has(field) ? object.get(field).getAsString() : "";
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("docs/configuration.md")))
                .results()
                .toList();
    }

    @Test
    void a_constant_is_called_as_what_it_names() {
        assertThat(Constants.class.getFields()).hasSameSizeAs(constants());
        assertThat(Constants.class.getFields())
                .allSatisfy(field -> assertThat((String) field.get(null))
                        .isEqualTo("asyncloop."
                                + field.getName()
                                        .replaceFirst("_(PARAMETER|PROPERTY)$", "")
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', field.getName().endsWith("_PROPERTY") ? '-' : '.')));
    }

    @Test
    void editors_know_each_configuration_parameter_and_nothing_else() {
        assertThat(metadata("properties"))
                .extracting(property -> text(property, "name"))
                .containsExactlyInAnyOrderElementsOf(constants("_PARAMETER"));
        assertThat(metadata("hints"))
                .extracting(hint -> text(hint, "name"))
                .doesNotHaveDuplicates()
                .isSubsetOf(constants("_PARAMETER"));
    }

    @Test
    void an_editor_can_say_what_each_is() {
        assertThat(metadata("properties")).allSatisfy(property -> {
            assertThat(text(property, "description")).endsWith(".");
            assertThat(text(property, "sourceType")).isEqualTo(Constants.class.getName());
            assertThatCode(() -> Class.forName(text(property, "type"))).doesNotThrowAnyException();
        });
    }

    @Test
    void the_page_has_a_row_for_each_name_and_no_other() throws IOException {
        assertThat(rows()).extracting(row -> row.group(1)).containsExactlyInAnyOrderElementsOf(constants());
        assertThat(rows()).allSatisfy(row -> assertThat(row.group(4)).isNotBlank());
    }

    @Test
    void the_page_has_the_defaults_that_editors_know() throws IOException {
        assertThat(rows().stream()
                        .filter(row -> constants("_PARAMETER").contains(row.group(1)))
                        .collect(toMap(
                                row -> row.group(1), row -> row.group(3).strip().replace("`", ""))))
                .isEqualTo(metadata("properties").stream()
                        .collect(
                                toMap(property -> text(property, "name"), property -> text(property, "defaultValue"))));
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Configured {
        @Test
        void runs() {}
    }

    @BeforeAll
    static void what_is_said_once_in_a_jvm_is_said_before() {
        ByteBuddyAgent.install();
        Run.of(Configured.class);
        Run.with(Map.of(Constants.ENGINE_PARAMETER, "portable"), Configured.class);
    }

    static Stream<Map.Entry<String, String>> proposals() {
        return Stream.concat(
                metadata("properties").stream()
                        .filter(property -> property.has("defaultValue"))
                        .map(property -> Map.entry(text(property, "name"), text(property, "defaultValue"))),
                metadata("hints").stream()
                        .flatMap(hint -> elements(hint, "values")
                                .map(value -> Map.entry(text(hint, "name"), text(value.getAsJsonObject(), "value")))));
    }

    @ParameterizedTest
    @MethodSource("proposals")
    void what_an_editor_proposes_is_a_value(Map.Entry<String, String> proposal) {
        try (LogCapture log = LogCapture.start()) {
            assertThat(Run.with(Map.ofEntries(proposal), Configured.class).succeeded())
                    .contains("runs()");
            assertThat(log.messages()).isEmpty();
        }
    }
}
