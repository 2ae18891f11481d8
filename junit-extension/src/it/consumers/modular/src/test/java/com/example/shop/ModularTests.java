package com.example.shop;

import static dev.asyncloop.assertj.AsyncLoopAssertions.assertThat;
import static dev.asyncloop.assertj.AsyncLoopAssertions.assertThatLeaksOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.assertj.AsyncLoopSoftAssertions;
import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.loop.EventLoop;
import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ModularTests {

    private final List<Object> kept = new ArrayList<>();

    @Test
    void both_are_named_modules() {
        assertThat(getClass().getModule().getName()).isEqualTo("com.example.shop");
        assertThat(AsyncLoopExtension.class.getModule().getName()).isEqualTo("dev.asyncloop");
    }

    @Test
    void junit_finds_the_extension_and_our_assertions_are_there(EventLoop loop) {
        assertThat(loop).isRunning();
    }

    @Test
    @Tag("options")
    void soft_assertions_work(EventLoop loop) {
        AsyncLoopSoftAssertions softly = new AsyncLoopSoftAssertions();
        softly.assertThat(loop).isRunning();
        softly.assertAll();
    }

    @Test
    @Tag("agent")
    @EnabledOnOs(OS.LINUX) // elsewhere descriptors cannot be counted
    void the_agent_tells_the_line_that_opened_a_descriptor() {
        CompletableFuture.runAsync(() -> assertThatLeaksOf(() -> kept.add(new FileInputStream("/proc/version")))
                        .haveExactlyTheKinds(LeakKind.FILE_DESCRIPTOR)
                        .singleElement()
                        .comesFrom(ModularTests.class, "the_agent_tells_the_line_that_opened_a_descriptor"))
                .join();
    }
}
