package dev.asyncloop.samples.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The stream of {@link Files#list} has to be closed, which is easily forgotten. */
@ExtendWith(AsyncLoopExtension.class)
class DirectoryLeak {

    private Path pictures;

    @BeforeEach
    void paint(@TempDir Path directory) throws Exception {
        pictures = Files.createDirectory(directory.resolve("pictures"));
        Files.createFile(pictures.resolve("apple.png"));
    }

    @Test
    void lists_pictures() throws Exception {
        assertThat(Pictures.in(pictures).count()).isEqualTo(1);
    }

    @Test
    void lists_pictures_and_closes() throws Exception {
        try (Stream<Path> files = Pictures.in(pictures)) {
            assertThat(files.count()).isEqualTo(1);
        }
    }
}
