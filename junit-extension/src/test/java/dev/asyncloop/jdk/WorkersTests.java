package dev.asyncloop.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which executors are of which kind. */
class WorkersTests {

    @BeforeAll
    static void open_the_jdk() {
        Insides.open(ByteBuddyAgent.install());
    }

    @Test
    void an_executor_of_virtual_threads_starts_one_a_task_and_a_pool_does_not() {
        try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
                ExecutorService pool = Executors.newSingleThreadExecutor()) {
            assertThat(Workers.startsOneATask(virtual)).isTrue();
            assertThat(Workers.startsOneATask(pool)).isFalse();
        }
    }
}
