package dev.asyncloop.leak.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.detect.Leftovers;
import dev.asyncloop.testing.LogCapture;
import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Descriptors as findings, and the one line where there are none to be had. */
class ProcessDescriptorsTests {

    @Test
    void a_machine_without_proc_is_told_once_and_finds_nothing(@TempDir Path empty) throws Exception {
        List<String> logged;
        try (LogCapture log = LogCapture.start()) {
            ProcessDescriptors none = new ProcessDescriptors(new Descriptors(empty, millis -> {}));
            DescriptorSnapshot before = none.snapshot();
            Path file = Files.createFile(empty.resolve("orders.db"));
            try (FileInputStream open = new FileInputStream(file.toFile())) {
                assertThat(none.openedSince(before, descriptor -> true).now()).isEmpty();
                assertThat(open.available()).isZero();
            }
            logged = log.messages();
        }
        assertThat(logged)
                .filteredOn(message -> message.contains("/proc"))
                .containsExactly(
                        "asyncloop: leaked file descriptors are not looked for: /proc/self/fd cannot be read on this"
                                + " machine");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void that_tests_are_left_out_is_told_once() {
        ProcessDescriptors descriptors = new ProcessDescriptors(new Descriptors(Path.of("/proc"), millis -> {}));
        try (LogCapture log = LogCapture.start()) {
            descriptors.leaveOut();
            descriptors.leaveOut();
            assertThat(log.messages())
                    .filteredOn(message -> message.contains("left out") || message.contains("at the same time"))
                    .containsExactly(
                            "asyncloop: no test fails for leaked file descriptors that ran at the same time as others,"
                                + " since nobody could say whose they are; with asyncloop's -javaagent it is known");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void an_entry_says_whether_it_is_one_descriptor_or_several(@TempDir Path folder) throws Exception {
        ProcessDescriptors descriptors = new ProcessDescriptors(new Descriptors(Path.of("/proc"), millis -> {}));
        Path file = Files.createFile(folder.resolve("orders.db"));
        DescriptorSnapshot before = descriptors.snapshot();
        try (FileInputStream open = new FileInputStream(file.toFile());
                var stream = Files.newDirectoryStream(folder);
                var selector = java.nio.channels.Selector.open()) {
            assertThat(leaks(descriptors.openedSince(before, descriptor -> true)))
                    .extracting(leak -> leak.what().replaceAll("\\d+", "#"))
                    .containsExactlyInAnyOrder(
                            ("open file descriptor # -> " + file.toRealPath()).replaceAll("\\d+", "#"),
                            ("open file descriptors #, # -> directory " + folder.toRealPath()).replaceAll("\\d+", "#"),
                            "open selector (epoll #, eventfd #)");
            assertThat(open.available()).isZero();
            assertThat(stream).isNotNull();
            assertThat(selector.isOpen()).isTrue();
        }
    }

    private static List<Leak> leaks(Leftovers search) {
        return search.whole(search.now()).stream().map(Leftover::leak).toList();
    }
}
