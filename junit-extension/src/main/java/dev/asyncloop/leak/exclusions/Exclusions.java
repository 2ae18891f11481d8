package dev.asyncloop.leak.exclusions;

import dev.asyncloop.text.Log;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;

/**
 * All rows, by the sort of thing that they are about. Any thread.
 *
 * <p>The code has loops instead of streams, since it runs when a thread starts and when the first test of a run ends.
 */
public final class Exclusions {

    static final String FILE = "META-INF/asyncloop/exclusions.tsv";

    private static final Map<What, List<Exclusion>> ALL = load();

    private Exclusions() {}

    /** Whether a thing of that sort and name, made by the code of {@code creator}, is excluded. */
    public static boolean contain(What what, StackTraceElement creator, String name) {
        for (Exclusion each : of(what)) {
            if (each.holds(creator, name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a thing of that sort, made by the code of {@code creator} and all of whose parts have such names, is
     * excluded.
     */
    static boolean contain(What what, StackTraceElement creator, List<String> parts) {
        for (Exclusion each : of(what)) {
            if (each.holds(creator, parts)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the frame is of code of that sort. */
    public static boolean contain(What what, StackTraceElement frame) {
        return contain(what, frame, frame.getMethodName());
    }

    /** Whether a thing of that sort and name is excluded, whoever made it. */
    public static boolean contain(What what, String name) {
        for (Exclusion each : of(what)) {
            if (each.isNamed(name)) {
                return true;
            }
        }
        return false;
    }

    static List<Exclusion> of(What what) {
        return ALL.getOrDefault(what, List.of());
    }

    private static Map<What, List<Exclusion>> load() {
        Map<What, List<Exclusion>> all = new EnumMap<>(What.class);
        List<String> problems = new ArrayList<>();
        try {
            URL own = own();
            add(own, true, all, problems);
            for (Enumeration<URL> files = loader().getResources(FILE); files.hasMoreElements(); ) {
                URL file = files.nextElement();
                if (!name(file).equals(name(own))) {
                    add(file, false, all, problems);
                }
            }
        } catch (IOException | IllegalArgumentException unreadable) { // the latter for a class loader's own kind of URL
            problems.add(unreadable.toString());
        }
        if (!problems.isEmpty()) {
            Log.log(
                    Level.WARNING,
                    "Of what is excused from being a leak, this cannot be used, and is left out:\n  "
                            + String.join("\n  ", problems));
        }
        return all;
    }

    /** The file in the jar or folder of this class. A search for its name alone might find somebody else's first. */
    private static URL own() throws IOException {
        String path = Exclusions.class.getName().replace('.', '/') + ".class";
        URL self = Exclusions.class.getResource("/" + path);
        if (self == null) {
            throw new FileNotFoundException(path);
        }
        String url = self.toString();
        return URI.create(url.substring(0, url.length() - path.length()) + FILE).toURL();
    }

    /** The address of a file in one spelling: in a module, its path begins with three slashes. */
    private static String name(URL file) {
        return file.toString().replace("file:///", "file:/");
    }

    /** A class loader that sees the project's class path. */
    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? ClassLoader.getSystemClassLoader() : context;
    }

    private static void add(URL url, boolean own, Map<What, List<Exclusion>> all, List<String> problems) {
        try {
            ExclusionFile file = new ExclusionFile(name(url), own).read(text(url));
            for (Exclusion row : file.rows()) {
                all.computeIfAbsent(row.what(), none -> new ArrayList<>()).add(row);
            }
            problems.addAll(file.problems());
        } catch (IOException unreadable) {
            problems.add(name(url) + ": " + unreadable);
        }
    }

    private static String text(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false); // otherwise the archive would stay open
        try (InputStream file = connection.getInputStream()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
