package dev.asyncloop.leak.descriptors;

import dev.asyncloop.jdk.JvmFiles;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * The archives that the JVM's own class loaders read, by real path. A class loader opens an archive when it first looks
 * for a class there, and never closes it.
 *
 * <p>Directories on the class path are not among them: whoever reads a file there opens and closes it.
 */
final class ClassPathFiles {

    /** The properties that have Surefire's class path when it starts the JVM with a jar that has only a manifest. */
    private static final List<String> SUREFIRES = List.of("surefire.test.class.path", "surefire.real.class.path");

    private final Set<String> named = new HashSet<>();
    private final List<Path> unresolved = new ArrayList<>(); // under this object's monitor, like the set
    private final String javaHome = real(Path.of(System.getProperty("java.home"))) + File.separator;
    private boolean allManifestsRead;

    ClassPathFiles() {
        this(configured());
    }

    private static List<String> configured() {
        List<String> classPaths = new ArrayList<>(JvmFiles.classPaths());
        for (String property : SUREFIRES) {
            classPaths.add(System.getProperty(property, ""));
        }
        return classPaths;
    }

    /** The archives of these class paths, of the class loaders that loaded this class, and of the JDK. */
    ClassPathFiles(List<String> classPaths) {
        for (String classPath : classPaths) {
            String[] entries = classPath.split(File.pathSeparator);
            for (String entry : entries) {
                add(entry);
            }
            if (entries.length == 1) {
                addManifestOf(entries[0]); // a single jar has the class path in its manifest
            }
        }
        for (ClassLoader loader = getClass().getClassLoader(); loader != null; loader = loader.getParent()) {
            if (loader instanceof URLClassLoader urls) {
                for (URL url : urls.getURLs()) {
                    add(url);
                }
            }
        }
    }

    /** Whether the path of an open descriptor is such an archive, as far as the JVM's start options tell. */
    synchronized boolean names(String path) {
        if (named.contains(path) || isArchiveOfTheJdk(path)) {
            return true;
        }
        if (path.startsWith(File.separator)) { // no socket or pipe
            resolve();
        }
        return named.contains(path);
    }

    /**
     * Replaces each path by its real path. That takes too long at the start, where the open archives go by their own
     * names.
     */
    private void resolve() {
        for (Path path : unresolved) {
            named.remove(path.toString());
        }
        for (Path path : unresolved) {
            named.add(real(path));
        }
        unresolved.clear();
    }

    /** Whether the path is such an archive. Reads the manifests of all archives if need be. */
    synchronized boolean contains(String path) {
        if (path.endsWith(".jar") && !allManifestsRead && !names(path)) {
            allManifestsRead = true;
            readManifests();
        }
        return names(path);
    }

    private boolean isArchiveOfTheJdk(String path) {
        return path.startsWith(javaHome) && JvmFiles.isArchive(path);
    }

    /** Adds the archives that the manifests of the known archives name, and those that these name in turn. */
    private void readManifests() {
        Deque<String> unread = new ArrayDeque<>(named);
        while (!unread.isEmpty()) {
            unread.addAll(addManifestOf(unread.remove()));
        }
    }

    /** Adds the archives that one manifest names, and returns those that are new. */
    private List<String> addManifestOf(String archive) {
        List<String> added = new ArrayList<>();
        for (String entry : archive.endsWith(".jar") ? classPathOf(Path.of(archive)) : List.<String>of()) {
            try {
                String path = real(Path.of(Path.of(archive).toUri().resolve(entry)));
                if (named.add(path)) {
                    added.add(path);
                }
            } catch (IllegalArgumentException | FileSystemNotFoundException odd) {
                // the class loaders cannot open such a name either
            }
        }
        return added;
    }

    private static List<String> classPathOf(Path path) {
        try (JarFile jar = new JarFile(path.toFile())) {
            Manifest manifest = jar.getManifest();
            String entries =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return entries == null || entries.isBlank()
                    ? List.of()
                    : List.of(entries.strip().split("\\s+"));
        } catch (IOException | SecurityException missingOrUnreadable) {
            return List.of();
        }
    }

    private void add(URL url) {
        if (url.getProtocol().equals("file")) {
            try {
                add(Path.of(URI.create(url.toString())));
            } catch (IllegalArgumentException odd) {
                // a URL that names no file has no descriptor
            }
        }
    }

    private void add(String entry) {
        try {
            add(Path.of(entry)); // an empty entry is the working directory
        } catch (InvalidPathException odd) {
            // nothing can be opened by such a name
        }
    }

    private void add(Path path) {
        named.add(path.toString());
        unresolved.add(path);
    }

    static String real(Path path) {
        try {
            return path.toRealPath().toString();
        } catch (IOException missing) {
            return path.toAbsolutePath().normalize().toString();
        }
    }
}
