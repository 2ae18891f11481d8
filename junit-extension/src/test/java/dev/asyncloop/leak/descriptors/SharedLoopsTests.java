package dev.asyncloop.leak.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.Leaks;
import dev.asyncloop.registers.DescriptorOrigins;
import dev.asyncloop.testing.moved.reactor.netty.tcp.TcpResources;
import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What event loops wait by that all share and Java makes; those of native code are in {@link DescriptorNoiseTests}. */
@EnabledOnOs(OS.LINUX)
class SharedLoopsTests {

    @BeforeAll
    static void see_descriptors() {
        ByteBuddyAgent.install();
        assertThat(DescriptorOrigins.install()).isTrue();
    }

    @Test
    void what_a_maker_of_shared_loops_opens_is_no_leak_and_what_others_open_is() throws IOException {
        Selector[] opened = new Selector[2];
        try {
            assertThat(Leaks.find("job", () -> opened[0] = TcpResources.open())).isEmpty();
            assertThat(Leaks.find("job", () -> opened[1] = Selector.open()))
                    .extracting(Leak::kind)
                    .containsOnly(LeakKind.FILE_DESCRIPTOR);
        } finally {
            for (Selector each : opened) {
                each.close();
            }
        }
    }

    @Test
    void threads_whose_loops_java_opens_excuse_nothing_that_native_code_opened() {
        List<String> threads = new ArrayList<>(List.of("reactor-http-nio-1", "reactor-orders-epoll-1"));
        SharedLoops loops = new SharedLoops(threads::stream);
        Descriptor opened = new Descriptor(1, 9_999_941, "anon_inode:[eventfd]", null, null, false);
        assertThat(loops.have(opened)).isFalse();
        threads.add("reactor-http-epoll-1");
        assertThat(loops.have(opened)).isTrue();
    }
}
