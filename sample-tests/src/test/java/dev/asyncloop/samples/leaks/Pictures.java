package dev.asyncloop.samples.leaks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Pictures of articles, a file each. */
final class Pictures {

    private Pictures() {}

    static Stream<Path> in(Path directory) throws IOException {
        return Files.list(directory).filter(file -> file.toString().endsWith(".png"));
    }
}
