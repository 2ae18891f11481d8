package dev.asyncloop.leak.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakPolicy;
import dev.asyncloop.leak.LeakReport;
import dev.asyncloop.leak.verdict.Judge;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.LoopOptions;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.registers.DescriptorOrigins;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is lost is closed by the garbage collector, perhaps before anybody looks; that it was lost is told. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class CollectedDescriptorTests {

    private static final int HIGHEST_NUMBER = 2_000;

    @TempDir
    static Path folder;

    @BeforeAll
    static void install() {
        ByteBuddyAgent.install();
        assertThat(DescriptorOrigins.install()).isTrue();
        assertThat(isOpen(folder)).isFalse(); // or classes would be opened later
    }

    private static List<String> warningsOf(Callable<?> body) throws Exception {
        Owner owner = Owner.named("OrderTests.ships()");
        try (EventLoop loop = EventLoop.create(LoopOptions.defaults().owner(owner))) {
            Ledger ledger = Ledger.open(owner, null, Judge.by(LeakPolicy.defaults()));
            loop.runUntilComplete(body::call);
            LeakReport report = ledger.close(loop);
            assertThat(report.failure()).isEmpty();
            return report.warning().stream().toList();
        }
    }

    private static void awaitClosing(Path file) {
        while (isOpen(file)) {
            System.gc();
            Thread.onSpinWait();
        }
    }

    /** Opens nothing: the collector may be quicker than whatever is opened next. */
    private static boolean isOpen(Path file) {
        return IntStream.range(0, HIGHEST_NUMBER).anyMatch(number -> {
            try {
                return Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(number)))
                        .equals(file);
            } catch (IOException closed) {
                return false;
            }
        });
    }

    private static Path newFile() throws IOException {
        return Files.createTempFile(folder, "orders", ".db").toRealPath();
    }

    @Test
    void a_stream_that_is_lost_is_told_with_its_line() throws Exception {
        Path file = newFile();
        assertThat(warningsOf(() -> {
                    lose(file, 1);
                    return null;
                }))
                .singleElement()
                .asString()
                .startsWith("OrderTests.ships() left 1 thing behind\n"
                        + "  1. what new FileInputStream opened, closed only by the garbage collector\n"
                        + "       opened  "
                        + " dev.asyncloop.leak.account.CollectedDescriptorTests.lose(CollectedDescriptorTests.java:")
                .endsWith(
                        "\n       fix      close it in the test, e.g. with try-with-resources; when the collector runs,"
                                + " nobody knows");
    }

    private static void lose(Path file, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            assertThat(new FileInputStream(file.toFile()).available()).isZero();
        }
        awaitClosing(file);
    }

    @Test
    void what_was_opened_at_the_same_line_is_told_once() throws Exception {
        Path file = newFile();
        assertThat(warningsOf(() -> {
                    lose(file, 3);
                    return null;
                }))
                .singleElement()
                .asString()
                .startsWith("OrderTests.ships() left 3 things behind\n  1. what new FileInputStream opened")
                .endsWith("\n       and      2 more like it");
    }

    @Test
    void so_is_a_channel() throws Exception {
        Path file = newFile();
        assertThat(warningsOf(() -> {
                    assertThat(FileChannel.open(file).size()).isZero();
                    awaitClosing(file);
                    return null;
                }))
                .singleElement()
                .asString()
                .contains("what FileChannel.open opened, closed only by the garbage collector");
    }

    @Test
    void what_is_closed_is_not_told_however_often_the_collector_runs() throws Exception {
        Path file = newFile();
        assertThat(warningsOf(() -> {
                    for (int i = 0; i < 10; i++) {
                        try (FileInputStream input = new FileInputStream(file.toFile());
                                FileChannel channel = FileChannel.open(file)) {
                            assertThat(input.available() + channel.size()).isZero();
                        }
                        System.gc();
                    }
                    return null;
                }))
                .isEmpty();
    }
}
