package dev.asyncloop.samples.coroutines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.leak.Leaks;
import dev.asyncloop.samples.OtherJvm;
import java.nio.file.Path;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Where a kotlinx that nobody knows yet has no place for a hook, coroutines are not looked for, and that is said. */
class UnknownVersionTests {

    @ExtendWith(AsyncLoopExtension.class)
    static class Any {

        @Test
        void passes() {}
    }

    static class Program {

        public static void main(String[] arguments) {
            System.out.println(Leaks.find("a test", new Launches()::run).size());
            try (var other = new ByteBuddy()
                    .subclass(Object.class)
                    .name("kotlinx.coroutines.DispatchedTask")
                    .make()) {
                Class<?> unknown = other.load(null).getLoaded();
                System.out.println(unknown.getName());
            }
            System.out.println(Leaks.find("a test", new Launches()::run).size());
            EngineTestKit.engine("junit-jupiter")
                    .configurationParameter("asyncloop.require", "agent")
                    .selectors(DiscoverySelectors.selectClass(Any.class))
                    .execute()
                    .allEvents()
                    .failed()
                    .stream()
                    .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                    .forEach(result -> System.out.println(
                            result.getThrowable().orElseThrow().getMessage()));
            System.exit(0);
        }
    }

    @Test
    void it_is_said(@TempDir Path folder) throws Exception {
        assertThat(OtherJvm.output(OtherJvm.of(Program.class, List.of()), folder))
                .isEqualTo("""
                    1
                    kotlinx.coroutines.DispatchedTask
                    0
                    The configuration parameter asyncloop.require is 'agent', but this kotlinx.coroutines does not take all hooks, so these would\
                     not be looked for: coroutines that go on in kotlinx's dispatchers. The log says why; a newer asyncloop may know that version
                    """);
    }
}
