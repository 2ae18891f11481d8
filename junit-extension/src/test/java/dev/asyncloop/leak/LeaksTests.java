package dev.asyncloop.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.registers.DescriptorOrigins;
import dev.asyncloop.testing.LogCapture;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LeaksTests {

    @TempDir
    private Path folder;

    private FileInputStream file;
    private EventLoop left;

    private void leaveThree() throws IOException {
        EventLoop.running().createTask("left", () -> Asyncio.sleep(Duration.ofHours(1)));
        left = EventLoop.create();
        file = new FileInputStream(Files.createFile(folder.resolve("orders")).toFile());
    }

    @Test
    void what_a_body_leaves_is_found_and_none_of_it_is_there_afterwards() throws IOException {
        try {
            assertThat(Leaks.find("job", this::leaveThree))
                    .extracting(Leak::kind)
                    .containsExactly(LeakKind.PENDING_TASK, LeakKind.UNCLOSED_LOOP, LeakKind.FILE_DESCRIPTOR);
            assertThat(left.isClosed()).isTrue();
        } finally {
            file.close();
        }
    }

    @Test
    void a_clean_body_leaves_nothing() {
        assertThat(Leaks.find("job", () -> Asyncio.sleep(Duration.ZERO))).isEmpty();
        assertThatCode(() -> Leaks.verifyNone("job", () -> Asyncio.sleep(Duration.ZERO)))
                .doesNotThrowAnyException();
    }

    @Test
    void what_it_leaves_fails_it_or_is_logged_as_the_policy_says() throws IOException {
        LeakPolicy policy = LeakPolicy.defaults()
                .with(LeakKind.UNCLOSED_LOOP, LeakMode.OFF)
                .with(LeakKind.FILE_DESCRIPTOR, LeakMode.WARN);
        try (LogCapture log = LogCapture.start()) {
            assertThatThrownBy(() -> Leaks.verifyNone("job", policy, this::leaveThree))
                    .isInstanceOf(LeakError.class)
                    .hasMessageStartingWith("job left 1 thing behind\n  1. pending task \"left\"");
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("job left 1 thing behind\n  1. open file descriptor");
        } finally {
            file.close();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void files_of_one_line_are_one_entry() throws IOException {
        ByteBuddyAgent.install();
        assertThat(DescriptorOrigins.install()).isTrue();
        List<FileInputStream> files = new ArrayList<>();
        try {
            assertThatThrownBy(() -> Leaks.verifyNone("job", () -> {
                        for (String name : List.of("orders", "customers", "articles")) {
                            Path created = Files.createFile(folder.resolve(name));
                            files.add(new FileInputStream(created.toFile()));
                        }
                    }))
                    .hasMessageStartingWith("job left 3 things behind\n  1. open file descriptor ")
                    .hasMessageContaining("/orders\n")
                    .message()
                    .containsPattern("\\n       and      2 more like it: \\d+, \\d+$");
        } finally {
            for (FileInputStream file : files) {
                file.close();
            }
        }
    }

    @Test
    void what_the_body_throws_is_thrown_with_the_leaks_beside_it() throws IOException {
        IOException thrown = new IOException("the body's own");
        try {
            assertThatThrownBy(() -> Leaks.verifyNone("job", () -> {
                        leaveThree();
                        throw thrown;
                    }))
                    .isSameAs(thrown);
            assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(LeakError.class);
        } finally {
            file.close();
        }
    }
}
