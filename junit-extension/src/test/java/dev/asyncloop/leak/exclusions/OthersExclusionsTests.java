package dev.asyncloop.leak.exclusions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jdk.DescriptorOrigins;
import dev.asyncloop.jdk.ThreadOrigins;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.Leaks;
import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.testing.FreshJvm;
import dev.asyncloop.testing.LogCapture;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Rows of somebody else; their file is on the class path of all tests of this module. */
class OthersExclusionsTests {

    @TempDir
    private Path folder;

    @BeforeAll
    static void see_threads_and_descriptors() {
        ByteBuddyAgent.install();
        assertThat(ThreadOrigins.install(CurrentOwner::get)).isTrue();
        DescriptorOrigins.install();
    }

    /** What a team has. */
    static final class Cache {

        private Cache() {}

        static ExecutorService executor(String name) {
            ExecutorService executor = Executors.newFixedThreadPool(
                    1, Thread.ofPlatform().daemon().name(name).factory());
            try {
                executor.submit(() -> {}).get();
                return executor;
            } catch (InterruptedException | ExecutionException failed) {
                throw new AssertionError(failed);
            }
        }

        static FileInputStream file(Path path) throws IOException {
            return new FileInputStream(Files.createFile(path).toFile());
        }
    }

    @Test
    void threads_that_it_names_are_no_leak_and_others_are() {
        ExecutorService[] executors = new ExecutorService[3];
        try {
            assertThat(Leaks.find("job", () -> executors[0] = Cache.executor("cache-1")))
                    .isEmpty();
            assertThat(Leaks.find("job", () -> executors[1] = Cache.executor("orders")))
                    .extracting(Leak::kind)
                    .containsExactly(LeakKind.EXECUTOR);
            assertThat(Leaks.find("job", () -> executors[2] = executor()))
                    .extracting(Leak::kind)
                    .containsExactly(LeakKind.EXECUTOR);
        } finally {
            for (ExecutorService executor : executors) {
                executor.shutdownNow();
            }
        }
    }

    @Test
    void what_threads_that_it_names_do_is_nobodys() throws InterruptedException {
        Thread[] started = new Thread[2];
        ExecutorService[] executors = new ExecutorService[2];
        try {
            assertThat(Leaks.find("job", () -> {
                        executors[0] = Cache.executor("cache-1");
                        started[0] = executors[0]
                                .submit(OthersExclusionsTests::start)
                                .get();
                    }))
                    .isEmpty();
            assertThat(Leaks.find("job", () -> {
                        executors[1] = Cache.executor("orders");
                        started[1] = executors[1]
                                .submit(OthersExclusionsTests::start)
                                .get();
                    }))
                    .extracting(Leak::kind)
                    .containsExactlyInAnyOrder(LeakKind.EXECUTOR, LeakKind.PLATFORM_THREAD);
        } finally {
            for (Thread thread : started) {
                thread.interrupt();
                thread.join();
            }
            for (ExecutorService executor : executors) {
                executor.shutdownNow();
            }
        }
    }

    private static Thread start() {
        return Thread.ofPlatform().daemon().start(LockSupport::park);
    }

    /** With a name of the cache's, but not by it. */
    private static ExecutorService executor() throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(
                1, Thread.ofPlatform().daemon().name("cache-1").factory());
        executor.submit(() -> {}).get();
        return executor;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void descriptors_that_it_names_are_no_leak_and_others_are() throws IOException {
        FileInputStream[] files = new FileInputStream[3];
        try {
            assertThat(Leaks.find("job", () -> files[0] = Cache.file(folder.resolve("orders.cache"))))
                    .isEmpty();
            assertThat(Leaks.find("job", () -> files[1] = Cache.file(folder.resolve("orders.txt"))))
                    .extracting(Leak::kind)
                    .containsExactly(LeakKind.FILE_DESCRIPTOR);
            Path named = Files.createFile(folder.resolve("other.cache"));
            assertThat(Leaks.find("job", () -> files[2] = new FileInputStream(named.toFile())))
                    .extracting(Leak::kind)
                    .containsExactly(LeakKind.FILE_DESCRIPTOR);
        } finally {
            for (FileInputStream file : files) {
                file.close();
            }
        }
    }

    static class Program {
        public static void main(String[] arguments) {
            try (LogCapture log = LogCapture.start()) {
                StackTraceElement cache = new StackTraceElement(Cache.class.getName(), "executor", "Cache.java", 1);
                StackTraceElement other = new StackTraceElement("com.example.Other", "executor", "Other.java", 1);
                for (StackTraceElement creator : List.of(cache, other)) {
                    Thread thread = Thread.ofPlatform().name("cache-1").unstarted(() -> {});
                    System.out.println(KeptForAll.contains(creator, List.of(thread)));
                }
                log.messages().forEach(System.out::println);
            }
        }
    }

    @Test
    void a_line_that_is_wrong_is_left_out_and_the_others_count() throws Exception {
        Path file = folder.resolve(Exclusions.FILE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
            what\tcreator\tname\twhy
            thread\t\t.*\tall of it
            thread\tcom.example.Other\t(\tno reason
            thread\tcom.example.Other\tcache-.*\tit is kept
            """);
        assertThat(FreshJvm.run(Program.class, "-Xbootclasspath/a:" + folder).output())
                .isEqualTo("""
                    true
                    true
                    Of what is excused from being a leak, this cannot be used, and is left out:
                      %s:2: creator is blank; it must name a class or a package
                      %1$s:3: name is no regular expression: Unclosed group in (
                    """.formatted("file:" + file));
    }
}
