package dev.asyncloop.samples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/** Each test leaves a thread, as a server does whose stop is not waited for, and the baseline of the suite names it. */
class SuiteWithKnownLeaks {

    static final int TESTS = 364;

    private static CountDownLatch end;

    /** The configuration with which it passes in silence. */
    static Map<String, String> baseline() {
        String test = SuiteWithKnownLeaks.class.getName() + ".leaves_a_thread";
        try {
            Path file = Files.createTempFile("asyncloop", ".txt");
            Files.writeString(file, test + "; platform-thread; " + test);
            file.toFile().deleteOnExit();
            return Map.of("asyncloop.leaks.baseline", file.toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @BeforeAll
    static void begin() {
        end = new CountDownLatch(1);
    }

    @AfterAll
    static void end() {
        end.countDown();
    }

    @RepeatedTest(TESTS)
    void leaves_a_thread() {
        CountDownLatch until = end;
        Thread.ofPlatform().daemon().start(() -> {
            try {
                until.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
