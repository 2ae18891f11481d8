package dev.asyncloop.samples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;

/**
 * Test classes full of empty tests, written and compiled when they are asked for.
 *
 * <p>Distinct methods in several classes are what a suite is made of. A {@code @RepeatedTest} is not the same: JUnit looks at
 * its method once, and an extension may too.
 */
final class EmptyTests {

    private EmptyTests() {}

    /** So many classes with so many tests each. */
    static List<Class<?>> of(Contender contender, int classes, int testsEach) {
        String methods = IntStream.rangeClosed(1, testsEach)
                .mapToObj(number -> "@Test " + contender.method("empty_" + number))
                .collect(Collectors.joining("\n"));
        List<String> names = IntStream.rangeClosed(1, classes)
                .mapToObj(number -> contender + "_" + number)
                .toList();
        return compile(contender, names, methods);
    }

    /** One class with one test that is repeated. */
    static Class<?> repeated(Contender contender, int times) {
        String method = "@RepeatedTest(" + times + ") " + contender.method("empty");
        return compile(contender, List.of(contender + "_repeated"), method).getFirst();
    }

    private static List<Class<?>> compile(Contender contender, List<String> names, String members) {
        try {
            Path folder = Files.createTempDirectory("asyncloop-benchmark");
            List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
            for (String name : names) {
                Path source = folder.resolve(name + ".java");
                String header = Contender.IMPORTS + contender.annotation() + "\nclass " + name;
                arguments.add(Files.writeString(source, header + " {\n" + contender.fields() + "\n" + members + "\n}\n")
                        .toString());
            }
            if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
                throw new IllegalStateException("the tests of " + contender + " do not compile");
            }
            return load(folder, names);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<Class<?>> load(Path folder, List<String> names) throws IOException {
        List<Class<?>> classes = new ArrayList<>();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, EmptyTests.class.getClassLoader())) {
            for (String name : names) {
                classes.add(Class.forName(name, false, loader));
            }
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(missing);
        } finally {
            delete(folder);
        }
        return classes;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
