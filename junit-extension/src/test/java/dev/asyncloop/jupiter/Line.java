package dev.asyncloop.jupiter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Line numbers of a test's source, by what stands in the line, so that a text can be pinned and the file still change. */
final class Line {

    private Line() {}

    /** The frame of {@code method} in the line of {@code test}'s file that ends with {@code // marker}. */
    static String of(Class<?> test, String method, String marker) throws IOException {
        String file = test.getSimpleName() + ".java";
        List<String> lines = Files.readAllLines(
                Path.of("src/test/java", test.getPackageName().replace('.', '/'), file));
        for (int index = 0; index < lines.size(); index++) {
            if (lines.get(index).endsWith("// " + marker)) {
                return test.getName() + method + "(" + file + ":" + (index + 1) + ")";
            }
        }
        throw new AssertionError("no line of " + file + " ends with // " + marker);
    }
}
