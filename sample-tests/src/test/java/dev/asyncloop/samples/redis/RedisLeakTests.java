package dev.asyncloop.samples.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.samples.containers.EnabledIfContainers;
import dev.asyncloop.samples.leaks.LeakRun;
import org.junit.jupiter.api.Test;

@EnabledIfContainers
class RedisLeakTests {

    @Test
    void a_client_that_is_never_shut_down() {
        LeakRun run = LeakRun.of(LettuceLeak.class);

        assertThat(run.failed()).isEqualTo("asks(GenericContainer)");
        assertThat(run.passedAfter()).containsExactly("asks_and_shuts_down(GenericContainer)");
        assertThat(run.leaks()).hasMessageContaining("open selector (epoll");
        assertThat(run.leaks().leaks()).extracting(Leak::kind).containsOnly(LeakKind.FILE_DESCRIPTOR);
    }
}
