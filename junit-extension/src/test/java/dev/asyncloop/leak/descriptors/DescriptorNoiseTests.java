package dev.asyncloop.leak.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.testing.Latches;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JVM opens for itself is not found, in a JVM where it all happens for the first time. */
@EnabledOnOs(OS.LINUX)
class DescriptorNoiseTests {

    private static final String JAVA_HOME = ClassPathFiles.real(Path.of(System.getProperty("java.home")));
    private static final String TEMPORARY = ClassPathFiles.real(Path.of(System.getProperty("java.io.tmpdir")));

    @TempDir
    Path folder;

    @Test
    void first_uses_of_the_jdk_are_no_leaks() throws Exception {
        assertThat(run(FirstUses.class)).containsExactlyElementsOf(FirstUses.expectedLines());
    }

    @Test
    void nor_are_they_when_the_pollers_were_started_before() throws Exception {
        assertThat(run(FirstUses.class, "pollers")).containsExactlyElementsOf(FirstUses.expectedLines());
    }

    @Test
    void nor_where_it_is_known_which_lines_open_them() throws Exception {
        assertThat(run(FirstUses.class, "agent")).containsExactlyElementsOf(FirstUses.expectedLines());
    }

    @ParameterizedTest
    @MethodSource
    void excused_by_name(String target) {
        assertThat(isNoise(target)).isTrue();
    }

    static Stream<String> excused_by_name() {
        return Stream.of(
                "/dev/urandom",
                "/dev/pts/3",
                JAVA_HOME + "/lib/modules",
                "/tmp/hsperfdata_" + System.getProperty("user.name") + "/"
                        + ProcessHandle.current().pid(),
                TEMPORARY + "/stdout123deferred",
                TEMPORARY + "/mockitoboot123.jar",
                TEMPORARY + "/mockitoboot123.jar (deleted)");
    }

    @ParameterizedTest
    @MethodSource
    void not_excused(String target) {
        assertThat(isNoise(target)).isFalse();
    }

    static Stream<String> not_excused() {
        return Stream.of(
                "/",
                "/dev/shm/orders",
                JAVA_HOME + "/lib/security/cacerts",
                "/tmp/hsperfdata_" + System.getProperty("user.name") + "/0",
                TEMPORARY + "/orders/mockitoboot123.jar",
                TEMPORARY + "/other.jar",
                "pipe:[1]",
                "socket:[1]",
                "anon_inode:inotify");
    }

    // numbers that no descriptor of this JVM has

    @ParameterizedTest
    @ValueSource(strings = {"reactor-tcp-epoll-1", "reactor-http-io_uring-1", "udp-epoll-1", "AwsEventLoop 1"})
    void a_thread_of_shared_loops_excuses_one_of_each_kind(String shared) {
        List<String> threads = new ArrayList<>(List.of("main", "reactor-orders-epoll-1"));
        DescriptorNoise noise = new DescriptorNoise(new ClassPathFiles(), Path.of("/proc/self"), threads::stream);
        Descriptor first = opened(9_999_941, "anon_inode:[eventfd]");
        assertThat(noise.isNoise(first)).isFalse();

        threads.add(shared);
        assertThat(noise.isNoise(first)).isTrue();
        assertThat(noise.isNoise(opened(9_999_942, "anon_inode:[eventfd]"))).isFalse();
        assertThat(noise.isNoise(opened(9_999_943, "anon_inode:[timerfd]"))).isTrue();
        assertThat(noise.isNoise(opened(9_999_945, "anon_inode:[io_uring]"))).isTrue();
        assertThat(noise.isNoise(opened(9_999_944, "socket:[1]")))
                .as("nobody can tell what an io_uring watches")
                .isEqualTo(shared.contains("io_uring"));
        assertThat(noise.isNoise(first)).isTrue();

        threads.remove(shared);
        assertThat(noise.isNoise(first)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc-default-worker-ELG-1-1", "armeria-common-worker-epoll-3-1"})
    void one_of_a_library_that_has_more_loops_than_threads_excuses_all_that_native_code_opened(String shared) {
        List<String> threads = new ArrayList<>(List.of("grpc-orders-0"));
        DescriptorNoise noise = new DescriptorNoise(new ClassPathFiles(), Path.of("/proc/self"), threads::stream);
        assertThat(noise.isNoise(opened(9_999_941, "anon_inode:[eventfd]"))).isFalse();
        threads.add(shared);
        assertThat(noise.isNoise(opened(9_999_941, "anon_inode:[eventfd]"))).isTrue();
        assertThat(noise.isNoise(opened(9_999_942, "anon_inode:[eventfd]"))).isTrue();
        assertThat(noise.isNoise(opened(9_999_944, "socket:[1]"))).isFalse();
    }

    @Test
    void awt_has_one_pipe_and_one_connection_to_the_x_server() throws IOException {
        List<String> threads = new ArrayList<>(List.of("AWT-EventQueue-0"));
        DescriptorNoise noise = new DescriptorNoise(new ClassPathFiles(), Path.of("/proc/self"), threads::stream);
        Descriptor read = opened(9_999_941, "pipe:[1]");
        Descriptor write = opened(9_999_942, "pipe:[1]");
        assertThat(noise.isNoise(read)).isFalse();

        threads.add("AWT-XAWT");
        assertThat(noise.isNoise(read)).isTrue();
        assertThat(noise.isNoise(write)).isTrue();
        assertThat(noise.isNoise(opened(9_999_943, "pipe:[2]"))).isFalse();
        assertThat(noise.isNoise(read)).isTrue();
        assertThat(noise.isNoise(opened(9_999_944, "socket:[1]"))).isFalse(); // of no family
        try (ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path address = folder.resolve("x");
            unix.bind(UnixDomainSocketAddress.of(address));
            String target = linkOfSocketAt(address);
            assertThat(noise.isNoise(opened(9_999_945, target))).isTrue();
            assertThat(noise.isNoise(opened(9_999_946, target))).isFalse();
        }
    }

    /** What the link of the descriptor of a socket of the Unix family names: the kernel's table ends in inode and path. */
    private static String linkOfSocketAt(Path address) throws IOException {
        try (Stream<String> table = Files.lines(Path.of("/proc/self/net/unix"))) {
            return table.filter(line -> line.endsWith(" " + address))
                    .map(line -> line.split(" +"))
                    .map(columns -> "socket:[" + columns[columns.length - 2] + "]")
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void a_thread_is_seen_as_soon_as_it_is_started() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().name("just started").start(() -> Latches.waitFor(over));
        assertThat(LiveThreads.names()).contains("just started");
        over.countDown();
        thread.join();
        assertThat(LiveThreads.names()).doesNotContain("just started");
    }

    private static Descriptor opened(int number, String target) {
        return new Descriptor(1, number, target, null, null, false);
    }

    private static boolean isNoise(String target) {
        return new DescriptorNoise(new ClassPathFiles(), Path.of("/proc/self")).isNoise(opened(1, target));
    }

    /** Runs a main class on this JVM's class path, plus a jar that is named there and one that its manifest names. */
    private List<String> run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        jar("late.jar", "late.txt", "later.jar");
        jar("later.jar", "later.txt", "");
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + folder.resolve("late.jar"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        return Files.readAllLines(output);
    }

    private void jar(String name, String entry, String classPath) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve(name)), manifest)) {
            jar.putNextEntry(new JarEntry(entry));
        }
    }
}
