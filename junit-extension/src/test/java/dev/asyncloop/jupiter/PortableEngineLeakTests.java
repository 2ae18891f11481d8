package dev.asyncloop.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.testing.FreshJvm;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The checks of a test where the JDK is closed, each run in a JVM of its own. */
class PortableEngineLeakTests {

    @ExtendWith(AsyncLoopExtension.class)
    static class NeedsAFewTurnsMore {
        @Test
        void starts_and_ends(EventLoop loop) {
            loop.createTask(() -> {
                for (int turn = 0; turn < 5; turn++) {
                    Asyncio.sleep(Duration.ZERO);
                }
            });
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Leaves {
        @Test
        void sleeper(EventLoop loop) {
            loop.createTask("left", () -> Asyncio.sleep(Duration.ofHours(1)));
        }
    }

    static class Program {
        public static void main(String[] arguments) {
            System.out.println(Run.of(NeedsAFewTurnsMore.class).failures());
            System.out.println(Run.of(Leaves.class)
                    .failure("sleeper(EventLoop)")
                    .getMessage()
                    .lines()
                    .limit(2)
                    .toList());
        }
    }

    @Test
    void what_needs_a_few_turns_more_is_no_leak_and_a_sleeper_is() throws Exception {
        FreshJvm.Result result = FreshJvm.run(Program.class, "-Dasyncloop.engine=portable");
        assertThat(result.output()).isEqualTo("""
            {}
            [PortableEngineLeakTests.Leaves.sleeper() left 1 thing behind,   1. pending task "left" (suspended in sleep, 60 min left)]
            """);
    }
}
