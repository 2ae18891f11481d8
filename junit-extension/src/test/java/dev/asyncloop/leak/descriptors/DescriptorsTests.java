package dev.asyncloop.leak.descriptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison itself, on links that the test makes. */
class DescriptorsTests {

    @TempDir
    Path folder;

    FakeProc proc;
    final List<Long> pauses = new ArrayList<>();
    Descriptors descriptors;

    @BeforeEach
    void open_some() throws IOException {
        proc = new FakeProc(folder.resolve("proc"));
        for (int number = 0; number < 6; number++) {
            proc.open(number, "/some/file" + number);
        }
        descriptors = new Descriptors(proc.path(), pauses::add);
    }

    @Test
    void nothing_opened_costs_no_pause() {
        assertThat(descriptors.opened(descriptors.snapshot())).isEmpty();
        assertThat(pauses).isEmpty();
    }

    @Test
    void snapshot_says_what_is_open() {
        assertThat(descriptors.snapshot()).hasToString("6 open descriptors [0, 1, 2, 3, 4, 5]");
    }

    @Test
    void what_was_open_before_is_not_found() throws IOException {
        DescriptorSnapshot before = descriptors.snapshot();
        proc.close(4);
        assertThat(descriptors.opened(before)).isEmpty();
    }

    @Test
    void what_turns_out_to_be_anothers_during_the_wait_is_not_found() throws IOException {
        DescriptorSnapshot before = descriptors.snapshot();
        proc.open(6, "/some/orders.db");
        AtomicBoolean unknown = new AtomicBoolean(true);
        assertThat(descriptors.opened(before, opened -> unknown.getAndSet(false), pauses::add))
                .isEmpty();
    }

    @Test
    void what_stays_open_is_waited_for_a_second_in_ever_longer_steps() throws IOException {
        DescriptorSnapshot before = descriptors.snapshot();
        proc.open(6, "/some/orders.db");
        assertThat(descriptors.opened(before))
                .extracting(LeakedDescriptor::kind, LeakedDescriptor::numbers, LeakedDescriptor::description)
                .containsExactly(file(6, "/some/orders.db"));
        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 489L);
    }

    @Test
    void what_is_closed_meanwhile_is_not_found() throws IOException {
        Descriptors closing = new Descriptors(proc.path(), millis -> {
            pauses.add(millis);
            if (millis == 4) {
                close(6);
            }
        });
        DescriptorSnapshot before = closing.snapshot();
        proc.open(6, "/some/orders.db");
        assertThat(closing.opened(before)).isEmpty();
        assertThat(pauses).containsExactly(1L, 2L, 4L);
    }

    @Test
    void what_is_closed_while_it_is_described_is_not_found() throws Exception {
        DescriptorSnapshot before = descriptors.snapshot();
        proc.open(6, "pipe:[12]");
        proc.open(7, "/some/orders.db");
        Path info = Files.createDirectories(proc.path().resolve("self/fdinfo")).resolve("6");
        assertThat(new ProcessBuilder("mkfifo", info.toString()).start().waitFor())
                .isZero();
        Thread closer = Thread.ofPlatform().start(() -> {
            try (Writer described = Files.newBufferedWriter(info)) { // waits for a reader, and keeps it waiting
                close(6);
                described.write("flags:\t00\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(descriptors.opened(before))
                .extracting(LeakedDescriptor::kind, LeakedDescriptor::numbers, LeakedDescriptor::description)
                .containsExactly(file(7, "/some/orders.db"));
        closer.join();
    }

    @Test
    void what_is_opened_only_while_waiting_is_not_found() throws IOException {
        Descriptors opening = new Descriptors(proc.path(), millis -> {
            if (millis == 1) {
                close(6);
                open(6, "/some/other");
            }
        });
        DescriptorSnapshot before = opening.snapshot();
        proc.open(6, "/some/orders.db");
        assertThat(opening.opened(before)).isEmpty();
    }

    @Test
    void an_interrupt_does_not_shorten_the_wait_and_stays_set() throws IOException {
        Descriptors interrupted = new Descriptors(proc.path(), millis -> {
            pauses.add(millis);
            throw new InterruptedException();
        });
        DescriptorSnapshot before = interrupted.snapshot();
        proc.open(6, "/some/orders.db");
        assertThat(interrupted.opened(before))
                .extracting(LeakedDescriptor::kind, LeakedDescriptor::numbers, LeakedDescriptor::description)
                .containsExactly(file(6, "/some/orders.db"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(pauses).hasSize(10);
    }

    @Test
    void the_same_number_with_another_file_is_found() throws IOException {
        DescriptorSnapshot before = descriptors.snapshot();
        proc.close(4);
        proc.open(4, "/some/other");
        assertThat(descriptors.opened(before))
                .extracting(LeakedDescriptor::kind, LeakedDescriptor::numbers, LeakedDescriptor::description)
                .containsExactly(file(4, "/some/other"));
    }

    @Test
    void a_file_renamed_or_deleted_while_open_is_still_the_same() throws IOException {
        Path file = Files.writeString(folder.resolve("old"), "");
        proc.open(6, file.toString());
        DescriptorSnapshot before = descriptors.snapshot();
        Path renamed = Files.move(file, folder.resolve("new"));
        proc.close(6);
        proc.open(6, renamed.toString());
        assertThat(descriptors.opened(before)).isEmpty();
    }

    @Test
    void the_standard_streams_never_count() throws IOException {
        DescriptorSnapshot before = descriptors.snapshot();
        proc.close(1);
        proc.open(1, "/some/output");
        assertThat(descriptors.opened(before)).isEmpty();
    }

    @Test
    void the_random_devices_are_read_once_as_the_jdk_keeps_them() throws IOException {
        proc.open(6, "/dev/urandom");
        assertThat(descriptors.snapshot().changeable()).extracting("number").containsExactly(3, 4, 5);
        proc.open(7, "/dev/urandom"); // somebody else's
        assertThat(descriptors.snapshot().changeable()).extracting("number").containsExactly(3, 4, 5, 7);
    }

    @Test
    void a_leak_is_told_once_even_to_a_wider_scope() throws IOException {
        DescriptorSnapshot beforeClass = descriptors.snapshot();
        DescriptorSnapshot beforeTest = descriptors.snapshot();
        proc.open(6, "/some/orders.db");
        assertThat(descriptors.opened(beforeTest)).hasSize(1);
        assertThat(descriptors.opened(beforeClass)).isEmpty();
        proc.close(6);
        assertThat(descriptors.opened(descriptors.snapshot())).isEmpty();
        proc.open(6, "/some/orders.db");
        assertThat(descriptors.opened(beforeClass)).hasSize(1);
    }

    @Test
    void without_proc_nothing_is_found_and_it_says_why() {
        Descriptors blind = new Descriptors(folder.resolve("no-proc"), pauses::add);
        assertThat(blind.available()).isFalse();
        assertThat(blind.unavailableReason())
                .contains("leaked file descriptors are not looked for: /proc/self/fd cannot be read on this machine");
        blind.warmUp();
        assertThat(blind.opened(blind.snapshot())).isEmpty();
    }

    @Test
    void with_proc_there_is_no_reason() {
        assertThat(descriptors.available()).isTrue();
        assertThat(descriptors.unavailableReason()).isEmpty();
    }

    private static Tuple file(int number, String path) {
        return tuple(DescriptorKind.FILE, List.of(number), number + " -> " + path);
    }

    private void open(int number, String target) {
        try {
            proc.open(number, target);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void close(int number) {
        try {
            proc.close(number);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
