package dev.asyncloop.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.testing.FreshJvm;
import dev.asyncloop.testing.LogCapture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Detectors of somebody else; they are on the class path of all tests of this module. */
class DetectorTests {

    /** Finds what was left with it. */
    public static class Containers implements LeakDetector {

        private static final List<String> RUNNING = new ArrayList<>();

        @Override
        public Search begin(Owner owner) {
            int before = RUNNING.size();
            return () -> RUNNING.stream()
                    .skip(before)
                    .map(name -> new Leak(LeakKind.OTHER, "container " + name, List.of(), List.of(), "stop it"))
                    .toList();
        }
    }

    /** Throws where it is told to. */
    public static class Broken implements LeakDetector {
        @Override
        public Search begin(Owner owner) {
            String where = System.getProperty("broken", "");
            if (where.equals("begin")) {
                throw new IllegalStateException("at the beginning");
            }
            return () -> {
                if (where.equals("end")) {
                    throw new IllegalStateException("at the end");
                }
                return List.of();
            };
        }
    }

    @Test
    void what_it_finds_is_a_leak() {
        try {
            assertThat(Leaks.find("job", () -> Containers.RUNNING.add("redis")))
                    .containsExactly(new Leak(LeakKind.OTHER, "container redis", List.of(), List.of(), "stop it"));
            assertThat(Leaks.find("next", () -> {})).isEmpty();
        } finally {
            Containers.RUNNING.clear();
        }
    }

    @Test
    void it_may_ask_whom_the_current_thread_works_for() throws Exception {
        List<Owner> seen = new ArrayList<>();
        Leaks.verifyNone("job", () -> {
            seen.add(Leaks.currentOwner());
            EventLoop loop = EventLoop.running();
            seen.add(loop.createTask(Leaks::currentOwner).await());
            seen.add(Asyncio.toThread(Leaks::currentOwner));
        });

        assertThat(seen).extracting(Owner::name).containsOnly("job");
        assertThat(seen.stream().distinct()).hasSize(1);
        assertThat(Leaks.currentOwner()).isNull();
    }

    static class Program {
        public static void main(String[] arguments) {
            try (LogCapture log = LogCapture.start()) {
                for (int run = 0; run < 2; run++) {
                    System.out.println(Leaks.find("job", () -> Containers.RUNNING.add("redis"))
                            .size());
                }
                log.messages().stream()
                        .filter(line -> line.contains("detector"))
                        .forEach(System.out::println);
            }
        }
    }

    @Test
    void one_that_throws_is_left_out_and_the_others_are_asked() throws Exception {
        for (String where : List.of("begin", "end")) {
            assertThat(FreshJvm.run(Program.class, "-Dbroken=" + where).output())
                    .isEqualTo("""
                        1
                        1
                        The leak detector dev.asyncloop.leak.DetectorTests$Broken failed, and is left out from now on
                        """);
        }
    }
}
