package dev.asyncloop.jupiter.settings;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The path of a file, relative to the working directory. The file need not exist. */
final class FileParameter extends Parameter<Optional<Path>> {

    FileParameter(String name, Description description) {
        super(name, "", Optional.empty(), description);
    }

    @Override
    @Nullable
    Optional<Path> parse(String value) {
        String path = value.strip();
        try {
            return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
        } catch (InvalidPathException noPath) {
            return null;
        }
    }

    @Override
    String values() {
        return "the path of a file";
    }

    @Override
    Class<?> type() {
        return File.class;
    }
}
