package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(AsyncLoopExtension.class)
class PlainTests {

    @Test
    void a_body_runs_on_its_loop(EventLoop loop) {
        Task<Integer> task = loop.createTask(() -> 3);
        assertFalse(task.isDone());
        assertEquals(3, task.await());
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.assertj.core.api.Assertions", "org.testcontainers.containers.GenericContainer"})
    void nothing_optional_is_there(String type) {
        assertThrows(ClassNotFoundException.class, () -> Class.forName(type));
    }

    @Test
    void it_is_no_named_module() {
        assertFalse(AsyncLoopExtension.class.getModule().isNamed());
    }
}
