package dev.asyncloop.samples.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Real files: that none stays open is checked after each test, without a word in it. */
@ExtendWith(AsyncLoopExtension.class)
class KeyValueStoreTests {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void set_up() {
        file = directory.resolve("store.txt");
    }

    @Test
    void keeps_what_was_put_when_it_is_opened_again() throws Exception {
        try (KeyValueStore store = new KeyValueStore(file)) {
            Asyncio.await(store.put("apple", "3"));
            Asyncio.await(store.put("pear", "5"));
        }
        try (KeyValueStore reopened = new KeyValueStore(file)) {
            assertThat(reopened.get("apple")).isEqualTo("3");
            assertThat(reopened.get("pear")).isEqualTo("5");
        }
    }

    // tag::store[]
    @Test
    void takes_many_writers_at_once(EventLoop loop) throws Exception {
        try (KeyValueStore store = new KeyValueStore(file)) {
            List<Task<@Nullable Void>> writers = IntStream.range(0, 20)
                    .mapToObj(writer -> loop.createTask("writer-" + writer, () -> {
                        for (int i = 1; i <= 10; i++) {
                            store.put("counter-" + writer, String.valueOf(i)).get(); // suspends this writer only
                        }
                    }))
                    .toList();
            Asyncio.gather(writers).await();

            assertThat(IntStream.range(0, 20).mapToObj(writer -> store.get("counter-" + writer)))
                    .containsOnly("10");
        }
        assertThat(file).content().hasLineCount(200);
    }
    // end::store[]

    @Test
    void loses_nothing_while_it_is_compacted() throws Exception {
        try (KeyValueStore store = new KeyValueStore(file)) {
            List<CompletableFuture<Void>> changes = List.of(
                    store.put("apple", "1"),
                    store.put("pear", "5"),
                    store.put("apple", "2"),
                    store.compact(),
                    store.put("apple", "3"));
            Asyncio.gather(changes).await();

            assertThat(Files.readAllLines(file))
                    .hasSize(3)
                    .contains("pear=5", "apple=2")
                    .endsWith("apple=3");
        }
        assertThat(directory).isDirectoryNotContaining("glob:**.compacted");
    }
}
