package dev.asyncloop.samples;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The sources of these samples: the line numbers in messages and the snippets of README.md come from them. */
public final class Sources {

    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    /** The folder that README.md is in. */
    static final Path REPOSITORY = MODULE.getParent();

    private Sources() {}

    /** The number of the only line in the class's file that contains {@code fragment}. */
    public static int line(Class<?> type, String fragment) {
        return line(type.getPackageName(), type.getSimpleName() + ".java", fragment);
    }

    /** The number of the only line in a file of a package that contains {@code fragment}. */
    public static int line(String packageName, String file, String fragment) {
        List<Integer> found = linesWith(packageName, file, fragment);
        if (found.size() != 1) {
            throw new AssertionError("\"" + fragment + "\" is not in one line of " + file + " but in " + found);
        }
        return found.getFirst();
    }

    /** The number of the first line in a file of a package that contains {@code fragment}. */
    public static int firstLine(String packageName, String file, String fragment) {
        return linesWith(packageName, file, fragment).getFirst();
    }

    private static List<Integer> linesWith(String packageName, String file, String fragment) {
        List<String> lines = lines(path(packageName, file));
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).contains(fragment))
                .mapToObj(i -> i + 1)
                .toList();
    }

    /** Every line of the class's file. */
    public static List<String> lines(Class<?> type) {
        return lines(path(type.getPackageName(), type.getSimpleName() + ".java"));
    }

    private static Path path(String packageName, String file) {
        return MODULE.resolve("src/test/java")
                .resolve(packageName.replace('.', '/'))
                .resolve(file);
    }

    /**
     * The lines between {@code // tag::name[]} and {@code // end::name[]}, moved to the left margin and without the marks of
     * other regions. In XML and in tables the marks are comments likewise.
     */
    static String region(Path file, String name) {
        List<String> lines = lines(file).stream().map(String::stripTrailing).toList();
        String mark = file.toString().endsWith(".xml")
                ? "<!-- %s::%s[] -->"
                : file.toString().endsWith(".tsv") ? "# %s::%s[]" : "// %s::%s[]";
        int start = indexOf(lines, mark.formatted("tag", name), file);
        int end = indexOf(lines, mark.formatted("end", name), file);
        return lines.subList(start + 1, end).stream()
                .filter(line -> !line.strip().matches("// (tag|end)::\\w+\\[]"))
                .collect(joining("\n"))
                .stripIndent()
                .strip();
    }

    private static int indexOf(List<String> lines, String mark, Path file) {
        List<String> stripped = lines.stream().map(String::strip).toList();
        int index = stripped.indexOf(mark);
        if (index < 0 || index != stripped.lastIndexOf(mark)) {
            throw new AssertionError(
                    REPOSITORY.relativize(file) + " has " + (index < 0 ? "no line " : "more than one line ") + mark);
        }
        return index;
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
