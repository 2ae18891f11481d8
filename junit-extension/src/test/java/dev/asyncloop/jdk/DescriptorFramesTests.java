package dev.asyncloop.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What frames of the JDK say of a descriptor that was opened there. */
class DescriptorFramesTests {

    private static final StackTraceElement OPENER = frame("java.io.FileOutputStream", "<init>");
    private static final StackTraceElement USERS = new StackTraceElement("org.example.Users", "opens", "Users.java", 1);

    @Test
    void what_the_jdk_keeps_is_known_by_who_opens_it() {
        assertThat(DescriptorFrames.isKept(List.of(OPENER, frame("sun.font.FontManager", "load"), USERS)))
                .isTrue();
        assertThat(DescriptorFrames.isKept(List.of(OPENER, frame("java.util.logging.FileHandler", "publish"), USERS)))
                .isTrue();
        assertThat(DescriptorFrames.isKept(List.of(OPENER, frame("java.util.logging.FileHandler", "<init>"), USERS)))
                .isFalse();
    }

    @Test
    void what_code_opens_that_the_jdk_calls_is_not_kept_by_it() {
        assertThat(DescriptorFrames.isKept(List.of(OPENER, USERS, frame("sun.rmi.transport.Transport", "serve"))))
                .isFalse();
    }

    @Test
    void loaders_services_and_the_default_group_open_for_all() {
        assertThat(DescriptorFrames.opensForAll(frame("jdk.internal.loader.URLClassPath", "getLoader")))
                .isTrue();
        assertThat(DescriptorFrames.opensForAll(frame("java.util.ServiceLoader$1", "hasNext")))
                .isTrue();
        assertThat(DescriptorFrames.opensForAll(frame("sun.nio.ch.Any", "defaultEventPort")))
                .isTrue();
        assertThat(DescriptorFrames.opensForAll(frame("sun.nio.ch.Any", "open")))
                .isFalse();
    }

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(null, "java.base", null, type, method, "File.java", 1);
    }
}
