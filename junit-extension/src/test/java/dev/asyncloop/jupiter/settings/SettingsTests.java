package dev.asyncloop.jupiter.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.asyncloop.jupiter.LoopScope.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What a run's parameters say is read once, and fails each class where it is no value. */
class SettingsTests {

    private static final List<Settings> SEEN = new CopyOnWriteArrayList<>();
    private static final List<ExtensionConfigurationException> REFUSED = new CopyOnWriteArrayList<>();

    static class Looks implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            try {
                SEEN.add(Settings.of(context));
            } catch (ExtensionConfigurationException refused) {
                REFUSED.add(refused);
            }
        }
    }

    @ExtendWith(Looks.class)
    static class One {
        @Test
        void test() {}
    }

    static class Two extends One {}

    @BeforeEach
    void forget() {
        SEEN.clear();
        REFUSED.clear();
    }

    private static void run(Map<String, String> parameters) {
        EngineTestKit.engine("junit-jupiter")
                .configurationParameters(parameters)
                .selectors(selectClass(One.class), selectClass(Two.class))
                .execute();
    }

    @Test
    void the_classes_of_a_run_see_the_same_and_another_run_has_its_own() {
        run(Map.of(
                "asyncloop.scope.default",
                "session",
                "asyncloop.timeout",
                "5 s",
                "asyncloop.leaks.json",
                " leaks.json "));
        assertThat(SEEN).hasSize(2);
        Settings settings = SEEN.get(0);
        assertThat(settings).isSameAs(SEEN.get(1));
        assertThat(settings.scope()).isEqualTo(Scope.SESSION);
        assertThat(settings.limit(true)).contains(Duration.ofSeconds(5));
        assertThat(settings.json()).hasToString("Optional[leaks.json]");
        run(Map.of());
        assertThat(SEEN.get(2).scope()).isEqualTo(Scope.METHOD);
    }

    @Test
    void without_parameters_they_are_the_defaults() {
        run(Map.of());
        Settings settings = SEEN.get(0);
        assertThat(settings.limit(false)).contains(Duration.ofSeconds(60));
        assertThat(settings.limit(true)).isEmpty();
        assertThat(settings.ordering().get()).hasToString("fifo");
        assertThat(settings.baseline()).isEmpty();
        assertThat(settings.writesBaseline()).isFalse();
        assertThat(settings.json()).isEmpty();
    }

    @Test
    void a_value_that_is_none_fails_each_class_with_an_exception_of_its_own() {
        run(Map.of("asyncloop.leaks.baseline.write", "maybe"));
        assertThat(SEEN).isEmpty();
        assertThat(REFUSED)
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allSatisfy(refused -> assertThat(refused)
                        .hasMessage("The configuration parameter asyncloop.leaks.baseline.write is 'maybe'; it may"
                                + " be 'true' or 'false'"));
    }
}
