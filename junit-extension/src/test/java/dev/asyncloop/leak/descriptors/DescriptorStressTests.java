package dev.asyncloop.leak.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real directory, read while descriptors come and go. */
@EnabledOnOs(OS.LINUX)
class DescriptorStressTests {

    @TempDir
    Path folder;

    @Test
    void snapshots_survive_descriptors_that_come_and_go() throws Exception {
        Descriptors hasty = new Descriptors(Path.of("/proc"), millis -> {});
        Descriptors patient = new Descriptors(Path.of("/proc"), TimeUnit.MILLISECONDS::sleep);
        hasty.warmUp();
        patient.warmUp();
        Path file = Files.writeString(folder.resolve("file"), "");
        DescriptorSnapshot beforeAll = patient.snapshot();
        AtomicBoolean stop = new AtomicBoolean();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> churn = List.of(
                    threads.submit(repeat(stop, () -> new FileInputStream(file.toFile()))),
                    threads.submit(repeat(stop, Selector::open)),
                    threads.submit(repeat(stop, () -> Files.list(folder))),
                    threads.submit(repeat(stop, () -> {
                        Pipe pipe = Pipe.open();
                        pipe.source().close();
                        return pipe.sink();
                    })));
            for (int i = 0; i < 1_000; i++) {
                hasty.opened(hasty.snapshot());
            }
            stop.set(true);
            for (Future<?> each : churn) {
                each.get();
            }
        }
        assertThat(patient.opened(beforeAll)).isEmpty();
    }

    @Test
    void a_number_that_changed_hands_is_found() throws Exception {
        Descriptors descriptors = new Descriptors(Path.of("/proc"), millis -> Thread.sleep(Math.min(millis, 4)));
        Path first = Files.writeString(folder.resolve("first"), "");
        Path second = folder.toRealPath().resolve("second");
        FileInputStream held = new FileInputStream(first.toFile());
        DescriptorSnapshot before = descriptors.snapshot();
        held.close();
        List<FileOutputStream> streams = new ArrayList<>();
        try {
            // the lowest free number is given out next, so one of these gets the number just freed
            for (int i = 0; i < 50; i++) {
                streams.add(new FileOutputStream(second.toFile()));
            }
            assertThat(descriptors.opened(before))
                    .hasSize(50)
                    .allSatisfy(leak -> assertThat(leak.description()).endsWith(" -> " + second));
        } finally {
            for (FileOutputStream stream : streams) {
                stream.close();
            }
        }
    }

    @Test
    void a_file_deleted_while_open_is_still_the_same() throws Exception {
        Descriptors descriptors = new Descriptors(Path.of("/proc"), millis -> {});
        Path file = Files.writeString(folder.resolve("file"), "");
        try (FileInputStream held = new FileInputStream(file.toFile())) {
            DescriptorSnapshot before = descriptors.snapshot();
            Files.delete(file);
            assertThat(descriptors.opened(before)).isEmpty();
            assertThat(held.read()).isEqualTo(-1);
        }
    }

    private static Callable<Void> repeat(AtomicBoolean stop, Callable<? extends AutoCloseable> opener) {
        return () -> {
            while (!stop.get()) {
                opener.call().close();
            }
            return null;
        };
    }
}
