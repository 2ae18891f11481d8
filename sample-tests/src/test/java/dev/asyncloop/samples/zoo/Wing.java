package dev.asyncloop.samples.zoo;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.leak.LeakKind;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exhibits of one sort: a test class of which half the tests leak, run by {@link ZooTests} only. */
@ExtendWith(AsyncLoopExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT) // where the run is parallel: else one instance means one test at a time
abstract class Wing {

    /** Every one that there is. */
    static final List<Class<? extends Wing>> ALL = List.of(
            FileWing.class,
            SocketWing.class,
            LoopWing.class,
            ThreadWing.class,
            LibraryWing.class,
            UtilityWing.class,
            GrpcWing.class,
            JobWing.class,
            LibraryJobWing.class,
            ReactiveJobWing.class,
            CoroutineJobWing.class,
            InnocentWing.class);

    /** What was left behind: kept from the garbage collector until it is closed after the run. */
    private static final Queue<AutoCloseable> LEFT = new ConcurrentLinkedQueue<>();

    /** The last file that the current test made. */
    private static final ThreadLocal<Path> LAST_FILE = new ThreadLocal<>();

    private final List<Exhibit> exhibits = new ArrayList<>();

    /** Adds an exhibit, whose line of source is the one that leaks. */
    final void show(String name, LeakKind kind, Callable<? extends AutoCloseable> open) {
        exhibits.add(new Exhibit(name, kind, true, open));
    }

    /** Adds a clean twin that has no leaky one. */
    final void showClean(String name, Callable<? extends AutoCloseable> open) {
        exhibits.add(new Exhibit(name, LeakKind.OTHER, false, open));
    }

    final List<Exhibit> exhibits() {
        return exhibits;
    }

    final Stream<Exhibit> leaks() {
        return exhibits.stream().filter(Exhibit::leaks);
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("leaks")
    final void leaky(Exhibit exhibit) throws Exception {
        if (exhibit.kind() == LeakKind.GARBAGE_COLLECTED) {
            lose(exhibit);
        } else {
            LEFT.add(exhibit.open().call());
        }
    }

    /** Opens it and drops it, until the JDK's cleaner has closed it. */
    private static void lose(Exhibit exhibit) throws Exception {
        WeakReference<AutoCloseable> lost = new WeakReference<>(exhibit.open().call());
        while (!lost.refersTo(null) || isOpen(LAST_FILE.get())) {
            System.gc();
        }
    }

    private static boolean isOpen(Path file) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.anyMatch(descriptor -> leadsTo(descriptor, file));
        }
    }

    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exhibits")
    final void clean(Exhibit exhibit) throws Exception {
        exhibit.open().call().close();
    }

    /** A new file with a line of text. */
    static Path file() throws IOException {
        Path file = file(".txt");
        Files.writeString(file, "hello\n");
        return file;
    }

    /** A new empty file. */
    static Path file(String suffix) throws IOException {
        Path file = Files.createTempFile(folder(), "zoo", suffix);
        LAST_FILE.set(file);
        return file;
    }

    /** Where the files of this process are; removed when it ends. */
    static Path folder() {
        return Folder.PATH;
    }

    /** Closes what the run has left. */
    static void tidyUp() throws Exception {
        for (AutoCloseable left = LEFT.poll(); left != null; left = LEFT.poll()) {
            left.close();
        }
    }

    private static final class Folder {

        static final Path PATH = make();

        private static Path make() {
            try {
                Path made = Files.createTempDirectory("zoo");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(made)));
                return made;
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }

        private static void remove(Path folder) {
            try (Stream<Path> paths = Files.walk(folder)) {
                paths.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }
}
