package dev.asyncloop.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A library for tests: classes that are compiled from their sources into an archive. */
public final class LibraryArchive {

    private LibraryArchive() {}

    /** A loader of such classes, whose parent is that of the tests; {@code sources} has the code by class name. */
    public static URLClassLoader of(Path folder, Map<String, String> sources) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        arguments.add(classes.toString());
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue(), UTF_8).toString());
        }
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, OutputStream.nullOutputStream(), null, arguments.toArray(String[]::new));
        if (failed != 0) {
            throw new IllegalArgumentException("the library does not compile");
        }
        Path archive = folder.resolve("library.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(archive));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, jar);
            }
        }
        return new URLClassLoader(new URL[] {archive.toUri().toURL()}, LibraryArchive.class.getClassLoader());
    }
}
