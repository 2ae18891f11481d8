package dev.asyncloop.samples.bench.loop;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's {@code python3}, where it has one, and its {@code uvloop}, where that has one. */
final class Python {

    private static final Path SCRIPT = Path.of("src/bench/python/loop_benchmarks.py");

    private Python() {}

    static void measure(Figures figures) {
        if (version().isEmpty()) {
            System.out.println("asyncio is left out: there is no python3");
            return;
        }
        Program.run(figures, List.of("python3", SCRIPT.toString(), Contender.ASYNCIO.key()));
        if (uvloopVersion().isEmpty()) {
            System.out.println("uvloop is left out: python3 cannot import it");
            return;
        }
        Program.run(figures, List.of("python3", SCRIPT.toString(), Contender.UVLOOP.key()));
    }

    static List<String> versions() {
        return Stream.of(version(), uvloopVersion()).flatMap(Optional::stream).toList();
    }

    private static Optional<String> version() {
        return Program.output("python3", "--version");
    }

    private static Optional<String> uvloopVersion() {
        return Program.output("python3", "-c", "import uvloop; print('uvloop', uvloop.__version__)");
    }
}
