import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Formats the Java sources below some folders with palantir-java-format, or checks that this was done.
 *
 * <p>A program of its own because the formatter parses with the javac of the JDK it runs on, and the JDK that runs Maven
 * may be too old for the sources. Arguments: {@code check} or {@code apply}, then the folders.
 */
class Format {
    /** JDK 27 took away a field of javac's that palantir-java-format 2.103.0 reads. */
    private static final int NEWEST_JDK = 26;

    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    public static void main(String[] args) throws IOException {
        if (Runtime.version().feature() > NEWEST_JDK) {
            System.out.printf("formatting is left out: the formatter runs on JDK %d and older%n", NEWEST_JDK);
            return;
        }
        boolean apply = args[0].equals("apply");
        List<Path> differing = new ArrayList<>();
        for (String folder : List.of(args).subList(1, args.length)) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                differing.addAll(files.filter(file -> file.toString().endsWith(".java")).toList().parallelStream()
                        .filter(file -> differs(file, apply))
                        .toList());
            }
        }
        differing.forEach(file -> System.out.println((apply ? "formatted " : "not formatted: ") + file));
        if (!apply && !differing.isEmpty()) {
            System.out.println("mvn -N validate -Dformat=apply formats them");
            System.exit(1);
        }
    }

    private static boolean differs(Path file, boolean apply) {
        try {
            String source = Files.readString(file);
            String formatted = FORMATTER.formatSourceAndFixImports(source);
            if (formatted.equals(source)) {
                return false;
            }
            if (apply) {
                Files.writeString(file, formatted);
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FormatterException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
