package dev.asyncloop.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Which threads are the JVM's and the JDK's own. */
class JdkThreadsTests {

    @Test
    void those_of_the_jvm_and_of_cleaners_are_shared() {
        List<String> shared = Thread.getAllStackTraces().keySet().stream()
                .filter(JdkThreads::isShared)
                .map(Thread::getName)
                .toList();
        assertThat(shared)
                .contains("Reference Handler", "Finalizer", "Common-Cleaner")
                .doesNotContain("main", Thread.currentThread().getName());
    }

    @Test
    void those_of_the_common_pool_are_shared_and_of_other_pools_are_not() throws InterruptedException {
        try (ForkJoinPool own = new ForkJoinPool(1)) {
            assertThat(own.submit(() -> JdkThreads.isShared(Thread.currentThread()))
                            .join())
                    .isFalse();
        }
        BlockingQueue<Boolean> shared = new ArrayBlockingQueue<>(1);
        ForkJoinPool.commonPool().execute(() -> shared.add(JdkThreads.isShared(Thread.currentThread())));
        assertThat(shared.take()).isTrue(); // whoever joins may run it himself
    }

    @Test
    void one_that_has_ended_is_not() throws InterruptedException {
        Thread ended = new Thread(() -> {});
        ended.start();
        ended.join();
        assertThat(JdkThreads.isShared(ended)).isFalse();
    }

    @Test
    void awt_waits_for_the_x_server_by_one_of_its_threads() {
        assertThat(JdkThreads.isNameOfAwt("AWT-XAWT")).isTrue();
        assertThat(JdkThreads.isNameOfAwt("AWT-EventQueue-0")).isFalse();
    }
}
