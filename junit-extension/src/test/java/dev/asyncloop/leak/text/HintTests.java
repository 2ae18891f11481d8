package dev.asyncloop.leak.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.registers.DescriptorOrigins;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

/** What a message recommends; that it does is tested with the messages. */
class HintTests {

    @Test
    void nobody_is_told_to_switch_on_what_is_on() {
        ByteBuddyAgent.install();
        assertThat(DescriptorOrigins.install()).isTrue();
        Leak byNativeCode =
                new Leak(LeakKind.FILE_DESCRIPTOR, "open file descriptor 17", List.of(), List.of(), "close it");
        assertThat(Hint.lines(List.of(byNativeCode))).isEmpty();
    }
}
