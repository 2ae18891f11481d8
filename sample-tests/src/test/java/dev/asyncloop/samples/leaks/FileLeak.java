package dev.asyncloop.samples.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(AsyncLoopExtension.class)
class FileLeak {

    @TempDir
    private Path directory;

    private OrderStore store; // were it garbage, the collector could close the file before anybody looks

    @Test
    void adds_an_order() throws Exception {
        Path file = directory.resolve("orders.txt");
        store = new OrderStore(file);
        store.add("3 apples");
        assertThat(file).hasContent("3 apples");
    }

    @Test
    void adds_an_order_and_closes() throws Exception {
        Path file = directory.resolve("orders.txt");
        store = new OrderStore(file);
        store.add("3 apples");
        store.close();
        assertThat(file).hasContent("3 apples");
    }
}
