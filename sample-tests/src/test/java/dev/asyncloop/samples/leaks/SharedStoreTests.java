package dev.asyncloop.samples.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@link SharedStoreLeak} leaves, this class closes. */
// tag::shared[]
@ExtendWith(AsyncLoopExtension.class)
class SharedStoreTests {

    @TempDir
    private static Path directory;

    private static OrderStore store;

    private static OrderStore store() throws IOException { // the first test that needs it opens it
        if (store == null) {
            store = new OrderStore(directory.resolve("orders.txt"));
        }
        return store;
    }

    @AfterAll
    static void close() throws IOException {
        store.close();
    }

    @Test
    void adds_apples() throws Exception {
        store().add("3 apples");
        assertThat(directory.resolve("orders.txt")).content().contains("3 apples");
    }
    // end::shared[]

    @Test
    void adds_pears() throws Exception {
        store().add("1 pear");
        assertThat(directory.resolve("orders.txt")).content().contains("1 pear");
    }
}
