package dev.asyncloop.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncloop.agent.JdkAccess;
import dev.asyncloop.registers.Openers.Opener;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Opens all that can be opened and asks where it was; which numbers it has, {@code /proc/self/fd} tells. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class DescriptorOriginsTests {

    @TempDir
    private static Path directory;

    private static Openers openers;

    @BeforeAll
    static void install() throws IOException {
        ByteBuddyAgent.install();
        assertThat(DescriptorOrigins.install()).isTrue();
        openers = new Openers(directory);
    }

    static List<Opener> allOpeners() {
        return openers.all();
    }

    @Test
    void an_object_that_a_selector_makes_for_a_number_is_no_other_opening() throws IOException {
        Selector.open().close();
        OpenNumbers before = OpenNumbers.now();
        try (Selector selector = Selector.open()) {
            assertThat(before.since())
                    .as("numbers of %s", selector)
                    .extracting(number -> DescriptorOrigins.of(number)
                            .orElseThrow()
                            .stack()
                            .getFirst()
                            .getClassName())
                    .containsExactlyInAnyOrder("sun.nio.ch.EPollSelectorImpl", "sun.nio.ch.EventFD");
        }
    }

    @ParameterizedTest
    @MethodSource("allOpeners")
    void each_number_leads_to_the_line_that_opened_it(Opener opener) throws Exception {
        opener.open().close(); // what it opens once and for all
        OpenNumbers before = OpenNumbers.now();
        try (AutoCloseable opened = opener.open()) {
            assertThat(before.since()).as("numbers of %s", opened).isNotEmpty().allSatisfy(number -> {
                Opening origin = DescriptorOrigins.of(number).orElseThrow();
                assertThat(isAt(opener, origin)).as("%s", origin.stack()).isTrue();
                assertThat(origin.sessionWide()).isFalse();
                assertThat(origin.threadName()).isEqualTo(Thread.currentThread().getName());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("allOpeners")
    void a_number_that_is_used_again_leads_to_the_newer_line(Opener older) throws Exception {
        Opener newer = openers.fileInputStream();
        Set<Integer> usedAgain = Set.of();
        while (usedAgain.isEmpty()) { // another thread of this JVM may have been quicker
            OpenNumbers before = OpenNumbers.now();
            Set<Integer> closed;
            try (AutoCloseable opened = older.open()) {
                closed = before.since();
                assertThat(closed).as("numbers of %s", opened).isNotEmpty();
            }
            List<AutoCloseable> inputs = new ArrayList<>();
            for (int i = 0; i < closed.size(); i++) {
                inputs.add(newer.open());
            }
            usedAgain = before.since();
            usedAgain.retainAll(closed);
            assertThat(usedAgain).allMatch(number -> wasOpenedBy(newer, number));
            for (AutoCloseable input : inputs) {
                input.close();
            }
        }
    }

    @Test
    void the_stack_starts_with_the_jdks_own_frames() throws Exception {
        try (FileInputStream input = (FileInputStream) openers.fileInputStream().open()) {
            assertThat(originOf(input).stack().subList(0, 2))
                    .extracting(frame -> frame.getClassName() + "." + frame.getMethodName())
                    .containsExactly("java.io.FileDescriptor.<init>", "java.io.FileInputStream.<init>");
        }
    }

    @Test
    void what_was_opened_before_or_is_not_open_has_no_origin() {
        assertThat(Stream.of(0, 1, 2, -1, Integer.MAX_VALUE).map(DescriptorOrigins::of))
                .allMatch(Optional::isEmpty);
    }

    @Test
    void installing_again_changes_nothing() throws Exception {
        assertThat(DescriptorOrigins.install()).isTrue();
        try (FileInputStream input = (FileInputStream) openers.fileInputStream().open()) {
            assertThat(originOf(input).stack())
                    .filteredOn(frame -> frame.getMethodName().equals("<init>"))
                    .hasSize(2);
        }
    }

    @Test
    void without_an_agent_nothing_is_known() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + JdkAccess.SELF_ATTACH_PROPERTY + "=false",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WithoutAgent.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("false false\n");
    }

    static final class WithoutAgent {
        public static void main(String[] arguments) throws IOException {
            boolean installed = DescriptorOrigins.install();
            OpenNumbers before = OpenNumbers.now();
            FileInputStream input = new FileInputStream("/dev/null");
            boolean known = before.since().stream()
                    .anyMatch(number -> DescriptorOrigins.of(number).isPresent());
            input.close();
            System.out.println(installed + " " + known);
        }
    }

    @Test
    void a_virtual_thread_may_open() throws Exception {
        FutureTask<AutoCloseable> opening =
                new FutureTask<>(() -> openers.fileInputStream().open());
        Thread.ofVirtual().name("opener").start(opening);
        try (FileInputStream input = (FileInputStream) opening.get()) {
            assertThat(isAt(openers.fileInputStream(), originOf(input))).isTrue();
            assertThat(originOf(input).threadName()).isEqualTo("opener");
        }
    }

    @Test
    void threads_that_open_at_once_are_told_apart() throws Exception {
        Callable<Boolean> opensAndCloses = () -> {
            boolean right = true;
            for (int i = 0; i < 1_000; i++) {
                try (FileInputStream input =
                        (FileInputStream) openers.fileInputStream().open()) {
                    right &= originOf(input)
                            .threadName()
                            .equals(Thread.currentThread().getName());
                }
                assertThatThrownBy(openers.missingFile()::open).isInstanceOf(FileNotFoundException.class);
            }
            return right;
        };
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (Future<Boolean> right : threads.invokeAll(Collections.nCopies(4, opensAndCloses))) {
                assertThat(right.get()).isTrue();
            }
        }
    }

    @Test
    void a_number_that_an_accept_waited_for_leads_to_the_accept() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FutureTask<Socket> accept = new FutureTask<>(server::accept);
            Thread acceptor = Thread.ofPlatform().name("acceptor").start(accept);
            while (Stream.of(acceptor.getStackTrace())
                    .noneMatch(frame -> frame.getMethodName().equals("accept"))) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 100; i++) { // meanwhile others come and go
                assertThatThrownBy(openers.missingFile()::open).isInstanceOf(FileNotFoundException.class);
                openers.socketChannel().open().close();
            }
            OpenNumbers before = OpenNumbers.now();
            try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                    Socket accepted = accept.get()) {
                assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
                assertThat(before.since())
                        .map(number ->
                                DescriptorOrigins.of(number).orElseThrow().threadName())
                        .containsExactlyInAnyOrder(Thread.currentThread().getName(), "acceptor");
            }
        }
    }

    @Test
    void an_object_that_was_closed_is_not_kept() throws Exception {
        List<WeakReference<FileDescriptor>> descriptors = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            descriptors.add(openAndClose());
        }
        awaitCollection(() -> descriptors.stream().allMatch(descriptor -> descriptor.refersTo(null)));
    }

    private static WeakReference<FileDescriptor> openAndClose() throws Exception {
        FileInputStream input = (FileInputStream) openers.fileInputStream().open();
        FileDescriptor descriptor = input.getFD();
        int number = OpenNumbers.of(descriptor);
        assertThat(wasOpenedBy(openers.fileInputStream(), number)).isTrue();
        input.close();
        assertThat(wasOpenedBy(openers.fileInputStream(), number)).isFalse();
        return new WeakReference<>(descriptor);
    }

    @Test
    void what_the_garbage_collector_closes_is_forgotten() throws Exception {
        int number = OpenNumbers.of(((FileInputStream) openers.fileInputStream().open()).getFD());
        assertThat(wasOpenedBy(openers.fileInputStream(), number)).isTrue();

        awaitCollection(() -> !wasOpenedBy(openers.fileInputStream(), number));
    }

    @Test
    void what_is_lost_and_still_open_is_known() throws Exception {
        OpenNumbers before = OpenNumbers.now();
        WeakReference<AutoCloseable> lost =
                new WeakReference<>(openers.socketChannel().open());
        int number = before.since().iterator().next();
        awaitCollection(() -> lost.refersTo(null));

        assertThat(wasOpenedBy(openers.socketChannel(), number)).isTrue();
        OpenNumbers.close(number);
    }

    @Test
    void what_a_class_initialiser_opens_is_session_wide() throws Exception {
        try (FileInputStream input = OpensOnce.INPUT) {
            assertThat(originOf(input).sessionWide()).isTrue();
        }
    }

    private static final class OpensOnce {
        static final FileInputStream INPUT = open();

        private static FileInputStream open() {
            try {
                return (FileInputStream) openers.fileInputStream().open();
            } catch (Exception impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    @Test
    void what_class_loading_opens_is_session_wide() throws Exception {
        OpenNumbers before = OpenNumbers.now();
        URL jar = openers.archive().toUri().toURL();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar})) {
            assertThatThrownBy(() -> loader.loadClass("missing")).isInstanceOf(ClassNotFoundException.class);

            assertThat(before.since())
                    .isNotEmpty()
                    .allMatch(
                            number -> DescriptorOrigins.of(number).orElseThrow().sessionWide());
        }
    }

    @Test
    void what_a_service_opens_when_it_is_loaded_is_session_wide() throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(Supplier.class.getName()), OpeningService.class.getName());
        URL[] classPath = {directory.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classPath, OpeningService.class.getClassLoader())) {
            OpeningService service = (OpeningService)
                    ServiceLoader.load(Supplier.class, loader).findFirst().orElseThrow();
            try (FileInputStream input = service.input) {
                assertThat(originOf(input).sessionWide()).isTrue();
            }
        }
    }

    /** A service as good as any. */
    public static final class OpeningService implements Supplier<String> {
        private final FileInputStream input;

        public OpeningService() throws Exception {
            input = (FileInputStream) openers.fileInputStream().open();
        }

        @Override
        public String get() {
            return "";
        }
    }

    private static Opening originOf(FileInputStream input) throws IOException {
        return DescriptorOrigins.of(OpenNumbers.of(input.getFD())).orElseThrow();
    }

    private static boolean wasOpenedBy(Opener opener, int number) {
        return DescriptorOrigins.of(number)
                .filter(origin -> isAt(opener, origin))
                .isPresent();
    }

    private static boolean isAt(Opener opener, Opening origin) {
        return origin.stack().stream()
                .anyMatch(frame -> frame.getLineNumber() == opener.line()
                        && frame.getClassName().equals(Openers.class.getName()));
    }

    /** Until it is so; the test's time limit ends it otherwise. */
    private static void awaitCollection(BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            System.gc();
            Thread.sleep(1);
        }
    }
}
