package dev.asyncloop.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.lang.reflect.Field;
import java.util.Map;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whether the register is told of everything, and keeps no more than what is open. */
@EnabledOnOs(OS.LINUX)
class DescriptorProbesTests {

    @BeforeAll
    static void install() {
        ByteBuddyAgent.install();
        assertThat(DescriptorOrigins.install()).isTrue(); // which probes it
    }

    @Test
    void a_register_that_is_told_nothing_is_found_out() {
        DescriptorProbes probes = new DescriptorProbes(new OpenDescriptors(() -> null));
        assertThatThrownBy(() -> probes.check(false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the opening of a file was not seen");
    }

    @Test
    void each_kind_is_told_on_this_jdk_and_the_probes_leave_nothing_open() throws Exception {
        DescriptorOrigins.check(true); // the first time the JDK opens what it keeps
        OpenNumbers before = OpenNumbers.now();
        DescriptorOrigins.check(true);
        assertThatThrownBy(() -> new DescriptorProbes(new OpenDescriptors(() -> null)).check(true))
                .isNotNull();
        assertThat(before.since()).isEmpty();
    }

    @Test
    void a_register_keeps_what_is_open_and_not_what_was() throws Exception {
        Map<Integer, ?> before = DescriptorOrigins.all();
        for (int i = 0; i < 50_000; i++) {
            new FileInputStream("/dev/null").close();
        }
        assertThat(DescriptorOrigins.all()).hasSizeLessThan(before.size() + 10);
    }

    @Test
    void a_number_that_comes_late_as_that_of_an_accept_is_an_event() throws Exception {
        OpenDescriptors register = new OpenDescriptors(() -> null);
        FileDescriptor accepted = new FileDescriptor();
        register.opened(accepted, -1);
        long before = register.events();
        assertThat(register.events()).isEqualTo(before);
        Field number = FileDescriptor.class.getDeclaredField("fd");
        number.setAccessible(true);
        number.setInt(accepted, 99_999);
        try {
            assertThat(register.events()).isNotEqualTo(before);
        } finally {
            number.setInt(accepted, -1);
        }
    }
}
