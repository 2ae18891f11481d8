package dev.asyncloop.leak.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.origin.Owner;
import dev.asyncloop.testing.LeftOpen;
import java.io.FileInputStream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose an opening is that has no owner, going by the age of the thread. */
@EnabledOnOs(OS.LINUX)
class OlderThreadsTests {

    @RegisterExtension
    static final LeftOpen LEFT = new LeftOpen();

    private final Owner older = Owner.named("older");
    private final Owner younger = Owner.named("younger");
    private final BlockingQueue<FutureTask<?>> jobs = new LinkedBlockingQueue<>();
    private Thread between;

    @BeforeEach
    void open_accounts() {
        OlderThreads.noteOpening(older);
        between = new Thread(() -> {
            while (true) {
                try {
                    jobs.take().run();
                } catch (InterruptedException ended) {
                    return;
                }
            }
        });
        between.start();
        OlderThreads.noteOpening(younger);
    }

    @AfterEach
    void end() throws InterruptedException {
        between.interrupt();
        between.join();
    }

    /** What the thread opens that was started between the two accounts. */
    private Descriptor openedBetween(Callable<FileInputStream> opener) throws Exception {
        FutureTask<FileInputStream> job = new FutureTask<>(opener);
        DescriptorSnapshot before = Descriptors.ofThisProcess().snapshot();
        jobs.add(job);
        FileInputStream open = job.get();
        LEFT.add(open);
        return Descriptors.ofThisProcess().snapshot().newSince(before).stream()
                .filter(descriptor -> descriptor
                                .target()
                                .equals("/proc/" + ProcessHandle.current().pid() + "/stat")
                        && descriptor.owner() == null)
                .findFirst()
                .orElseThrow();
    }

    private static FileInputStream open() throws Exception {
        return new FileInputStream("/proc/self/stat");
    }

    private static FileInputStream openOnNewThread(Thread.Builder builder) throws Exception {
        FutureTask<FileInputStream> job = new FutureTask<>(OlderThreadsTests::open);
        builder.start(job);
        return job.get();
    }

    @Test
    void it_is_not_that_of_an_account_that_is_younger() throws Exception {
        Descriptor opened = openedBetween(OlderThreadsTests::open);
        assertThat(OlderThreads.opened(opened, younger)).isTrue();
        assertThat(OlderThreads.opened(opened, older)).isFalse();
    }

    @Test
    void what_such_a_thread_starts_is_as_old_as_itself() throws Exception {
        Descriptor opened = openedBetween(() -> openOnNewThread(Thread.ofPlatform()));
        assertThat(OlderThreads.opened(opened, younger)).isTrue();
        assertThat(OlderThreads.opened(opened, older)).isFalse();
    }

    @Test
    void what_the_threads_start_that_it_starts_is_as_old_too() throws Exception {
        Descriptor opened = openedBetween(() -> {
            FutureTask<FileInputStream> job = new FutureTask<>(() -> openOnNewThread(Thread.ofPlatform()));
            Thread.ofPlatform().start(job);
            return job.get();
        });
        assertThat(OlderThreads.opened(opened, younger)).isTrue();
    }

    @Test
    void what_a_new_thread_opens_that_the_runner_started_may_be_that_of_both() throws Exception {
        DescriptorSnapshot before = Descriptors.ofThisProcess().snapshot();
        LEFT.add(openOnNewThread(Thread.ofPlatform()));
        assertThat(Descriptors.ofThisProcess().snapshot().newSince(before))
                .isNotEmpty()
                .noneMatch(opened -> OlderThreads.opened(opened, younger))
                .noneMatch(opened -> OlderThreads.opened(opened, older));
    }

    @Test
    void what_the_thread_opens_on_which_accounts_are_opened_may_be_that_of_both() throws Exception {
        DescriptorSnapshot before = Descriptors.ofThisProcess().snapshot();
        LEFT.add(open());
        assertThat(Descriptors.ofThisProcess().snapshot().newSince(before))
                .isNotEmpty()
                .noneMatch(opened -> OlderThreads.opened(opened, younger));
    }

    @Test
    void only_those_who_are_older_are_suspected() throws Exception {
        UnexplainedDescriptors unexplained = new UnexplainedDescriptors();
        unexplained.appeared(Descriptors.ofThisProcess().snapshot(), List.of());
        Descriptor opened = openedBetween(OlderThreadsTests::open);
        unexplained.appeared(Descriptors.ofThisProcess().snapshot(), List.of(older, younger));
        assertThat(unexplained.isToExplain(opened)).isTrue();
        assertThat(unexplained.suspects(opened)).containsExactly(older);
    }

    @Test
    void what_cannot_be_that_of_anybody_at_work_needs_no_explanation() throws Exception {
        UnexplainedDescriptors unexplained = new UnexplainedDescriptors();
        unexplained.appeared(Descriptors.ofThisProcess().snapshot(), List.of());
        Descriptor opened = openedBetween(OlderThreadsTests::open);
        unexplained.appeared(Descriptors.ofThisProcess().snapshot(), List.of(younger));
        assertThat(unexplained.isToExplain(opened)).isFalse();
    }
}
