package dev.asyncloop.leak.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathFilesTests {

    @TempDir
    Path folder;

    @BeforeEach
    void resolve_folder() throws IOException {
        folder = folder.toRealPath();
    }

    @Test
    void archives_of_a_class_path() throws IOException {
        String one = jar("one.jar", "");
        String two = jar("two.jar", "");
        ClassPathFiles files = new ClassPathFiles(List.of(one + File.pathSeparator + two));
        assertThat(files.names(one)).isTrue();
        assertThat(files.names(two)).isTrue();
        assertThat(files.contains(jar("other.jar", ""))).isFalse();
    }

    @Test
    void a_link_stands_for_its_archive() throws IOException {
        String jar = jar("one.jar", "");
        Path link = Files.createSymbolicLink(folder.resolve("link.jar"), Path.of(jar));
        assertThat(new ClassPathFiles(List.of(link.toString())).names(jar)).isTrue();
    }

    @Test
    void files_in_a_directory_of_the_class_path_are_not_among_them() {
        ClassPathFiles files = new ClassPathFiles(List.of(folder.toString()));
        assertThat(files.contains(folder.resolve("application.properties").toString()))
                .isFalse();
    }

    @Test
    void archives_named_in_manifests_of_manifests() throws IOException {
        String last = jar("last.jar", "");
        String middle = jar("middle.jar", "last.jar");
        String first = jar("first.jar", "middle.jar");
        ClassPathFiles files = new ClassPathFiles(List.of(first));
        assertThat(files.names(middle)).as("a jar alone").isTrue();
        assertThat(files.names(last)).isFalse();
        assertThat(files.contains(last)).isTrue();
    }

    @Test
    void odd_entries_of_a_manifest_are_passed_over() throws IOException {
        String last = jar("last.jar", "");
        String first = jar("first.jar", "odd%entry http://localhost/x.jar file://host/x.jar last.jar");
        assertThat(new ClassPathFiles(List.of(first)).names(last)).isTrue();
    }

    @Test
    void missing_and_broken_archives_are_passed_over() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jar"), "no archive");
        ClassPathFiles files = new ClassPathFiles(List.of(broken.toString(), folder.resolve("missing.jar") + "", ""));
        assertThat(files.contains(broken.toString())).isTrue();
        assertThat(files.contains("/other.jar")).isFalse();
    }

    private String jar(String name, String classPath) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        Path jar = folder.resolve(name);
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar.toString();
    }
}
