package dev.asyncloop.samples.assertions;

import static dev.asyncloop.assertj.AsyncLoopAssertions.assertThat;
import static dev.asyncloop.assertj.AsyncLoopAssertions.assertThatDescriptors;

import dev.asyncloop.assertj.AsyncLoopSoftAssertions;
import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import dev.asyncloop.loop.generators.AsyncGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AsyncLoopExtension.class)
class MailboxTests {

    private final BlockingQueue<String> mailbox = new LinkedBlockingQueue<>();

    private String read() throws InterruptedException {
        return mailbox.take();
    }

    // tag::tasks[]
    @Test
    void the_reader_waits_for_mail(EventLoop loop) {
        Task<String> reader = loop.createTask("reader", this::read);
        Asyncio.sleep(Duration.ZERO);
        assertThat(loop).hasOnlyTasks("reader");
        assertThat(reader).isIn(MailboxTests.class, "read").isNotDone();

        mailbox.add("hello");
        assertThat(reader).succeedsWithin(Duration.ofSeconds(1)).isEqualTo("hello");
        assertThat(loop).hasNoTasks();
    }
    // end::tasks[]

    // tag::generators[]
    @Test
    void letters_are_numbered() {
        AsyncGenerator<String> letters = AsyncGenerator.of(out -> {
            for (int number = 1; ; number++) {
                out.emit("letter " + number);
            }
        });
        assertThat(letters).yieldsFirst("letter 1", "letter 2");
    }
    // end::generators[]

    // tag::growth[]
    @EnabledOnOs(OS.LINUX) // elsewhere descriptors cannot be counted
    @Test
    void reading_over_and_over_leaves_nothing_open() {
        assertThatDescriptors().stayFlatAcross(100, () -> {
            Path letter = Files.createTempFile("letter", ".txt");
            mailbox.add(Files.readString(letter));
            Files.delete(letter);
        });
    }
    // end::growth[]

    // tag::soft[]
    @Test
    void nobody_reads_yet(EventLoop loop) {
        AsyncLoopSoftAssertions softly = new AsyncLoopSoftAssertions();
        softly.assertThat(loop).hasNoTasks();
        softly.assertThat(mailbox).isEmpty();
        softly.assertAll();
    }
    // end::soft[]
}
