package dev.asyncloop.jupiter.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The list of parameters, and the two files that say the same: what editors read, and the table of the page. */
class ParametersTests {

    private static final Path METADATA =
            Path.of("src", "main", "resources", "META-INF", "junit-platform-configuration-metadata.json");
    private static final Path PAGE = Path.of("docs", "configuration.md");
    private static final String HEAD =
            "| Parameter | Values | Default | What it says | In the code |\n|---|---|---|---|---|\n";

    @Test
    void what_editors_read_is_made_of_the_list() throws IOException {
        assertIsIn(METADATA, metadata());
    }

    @Test
    void so_is_the_table_of_the_page() throws IOException {
        String page = Files.readString(PAGE);
        int rows = page.indexOf(HEAD) + HEAD.length();
        assertThat(rows).isGreaterThan(HEAD.length());
        assertIsIn(PAGE, page.substring(0, rows) + table() + page.substring(page.indexOf("\n\n", rows) + 1));
    }

    private static void assertIsIn(Path file, String text) throws IOException {
        Path actual = Path.of("target").resolve(file.getFileName());
        Files.writeString(actual, text);
        assertThat(text)
                .as(
                        "what the parameters say; if it is meant to change, copy junit-extension/%s over"
                                + " junit-extension/%s",
                        actual, file)
                .isEqualTo(Files.readString(file));
    }

    private static String metadata() {
        List<Map<String, Object>> properties = new ArrayList<>();
        List<Map<String, Object>> hints = new ArrayList<>();
        for (Parameter<?> parameter : Parameters.ALL) {
            properties.add(property(parameter));
            if (!parameter.hints().isEmpty()) {
                hints.add(hint(parameter));
            }
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("properties", properties);
        all.put("hints", hints);
        Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
        return gson.toJson(all) + "\n";
    }

    private static Map<String, Object> property(Parameter<?> parameter) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("name", parameter.name());
        property.put("type", parameter.type().getName());
        property.put("description", parameter.description().sentence());
        property.put("sourceType", "dev.asyncloop.jupiter.Constants");
        String value = parameter.defaultText();
        if (!value.isEmpty()) {
            property.put("defaultValue", parameter.type() == Boolean.class ? Boolean.valueOf(value) : value);
        }
        return property;
    }

    private static Map<String, Object> hint(Parameter<?> parameter) {
        List<Map<String, String>> values = new ArrayList<>();
        for (Parameter.Hint hint : parameter.hints()) {
            Map<String, String> value = new LinkedHashMap<>();
            value.put("value", hint.value());
            value.put("description", hint.meaning());
            values.add(value);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", parameter.name());
        all.put("values", values);
        if (parameter.allowsOthers()) {
            all.put("providers", List.of(Map.of("name", "any")));
        }
        return all;
    }

    private static String table() {
        return Parameters.ALL.stream().map(ParametersTests::row).collect(Collectors.joining());
    }

    private static String row(Parameter<?> parameter) {
        Description description = parameter.description();
        String value = parameter.defaultText();
        return "| `" + parameter.name() + "` | " + code(parameter.values())
                + " |" + (value.isEmpty() ? "" : " `" + value + "`")
                + " | " + code(description.sentence()) + " [More](" + description.page() + ")"
                + " |" + (description.inCode().isEmpty() ? "" : " " + code(description.inCode())) + " |\n";
    }

    /** With what is a value or an annotation as code. */
    private static String code(String sentence) {
        return sentence.replaceAll("'([^']*)'", "`$1`").replaceAll("@\\w+", "`$0`");
    }

    static List<Parameter<?>> parameters() {
        return Parameters.ALL;
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void what_is_proposed_is_a_value(Parameter<?> parameter) {
        assertThat(parameter.hints())
                .allSatisfy(hint -> assertThat(parameter.parse(hint.value())).isNotNull());
        if (!parameter.defaultText().isEmpty()) {
            assertThat(parameter.parse(parameter.defaultText())).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void a_value_that_is_none_is_refused_in_one_form(Parameter<?> parameter) {
        assertThatThrownBy(() -> parameter.valueOf("no\0thing"))
                .hasMessage("The configuration parameter " + parameter.name() + " is 'no\0thing'; it may be "
                        + parameter.values());
    }
}
