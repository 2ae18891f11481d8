package dev.asyncloop.jupiter.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import dev.asyncloop.testing.LogCapture;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A name of ours that is misspelt would say nothing, in silence. */
class UnknownNamesTests {

    @ParameterizedTest
    @CsvSource({
        "asyncloop.scope, asyncloop.scope.default",
        "asyncloop.time-out, asyncloop.timeout",
        "asyncloop.leak, asyncloop.leaks",
        "asyncloop.leaks.baseline.writes, asyncloop.leaks.baseline.write",
        "asyncloop.selfattach, asyncloop.self-attach",
        "asyncloop.engines, asyncloop.engine"
    })
    void one_is_named_with_the_nearest_that_there_is(String name, String nearest) {
        assertThat(UnknownNames.complaints(List.of(name))).containsExactly(complaint(name, nearest));
    }

    private static String complaint(String name, String nearest) {
        return "There is no configuration parameter " + name + ", and it says nothing; did you mean " + nearest + "?";
    }

    @Test
    void those_that_there_are_and_those_of_others_are_left_alone() {
        assertThat(UnknownNames.complaints(List.of(
                        "asyncloop.timeout",
                        "asyncloop.engine",
                        "asyncloop.self-attach",
                        "asyncloops",
                        "java.home",
                        "")))
                .isEmpty();
        assertThat(Parameters.ALL)
                .allSatisfy(parameter -> assertThat(UnknownNames.complaints(List.of(parameter.name())))
                        .isEmpty());
    }

    @Test
    void the_distance_is_what_has_to_be_typed() {
        assertThat(UnknownNames.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(UnknownNames.distance("", "abc")).isEqualTo(3);
        assertThat(UnknownNames.distance("abc", "abc")).isZero();
    }

    @Test
    void the_launcher_is_told_of_its_own_parameters_and_of_system_properties_and_once() {
        System.setProperty("asyncloop.orderings", "fifo");
        try {
            LauncherDiscoveryRequestBuilder request = request().configurationParameter("asyncloop.leek", "off");
            assertThat(saidOf(request))
                    .containsExactly(
                            complaint("asyncloop.leek", "asyncloop.leaks"),
                            complaint("asyncloop.orderings", "asyncloop.ordering"));
            assertThat(saidOf(request)).isEmpty();
        } finally {
            System.clearProperty("asyncloop.orderings");
        }
    }

    @Test
    void so_it_is_of_the_file_of_properties(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("junit-platform.properties"), "asyncloop.leaks.jsn = leaks.json");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader first = firstOf(folder, before)) {
            Thread.currentThread().setContextClassLoader(first);
            assertThat(saidOf(request())).containsExactly(complaint("asyncloop.leaks.jsn", "asyncloop.leaks.json"));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Finds resources in {@code folder} before others. */
    private static URLClassLoader firstOf(Path folder, ClassLoader parent) throws IOException {
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, parent) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return name.equals("junit-platform.properties") ? findResources(name) : super.getResources(name);
            }
        };
    }

    private static List<String> saidOf(LauncherDiscoveryRequestBuilder request) {
        try (LogCapture log = LogCapture.start()) {
            LauncherFactory.create().discover(request.build());
            return log.messages();
        }
    }
}
