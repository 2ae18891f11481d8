package dev.asyncloop.samples.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a static field of the class holds is the class's, whichever test opens it: no test fails, the class does. */
@ExtendWith(AsyncLoopExtension.class)
class SharedStoreLeak {

    @TempDir
    private static Path directory;

    private static OrderStore store;

    private static OrderStore store() throws IOException {
        if (store == null) {
            store = new OrderStore(directory.resolve("orders.txt"));
        }
        return store;
    }

    @BeforeAll
    static void forget() {
        store = null; // one JVM runs this class several times
    }

    @Test
    void adds_apples() throws Exception {
        store().add("3 apples");
        assertThat(directory.resolve("orders.txt")).content().contains("3 apples");
    }

    @Test
    void adds_pears() throws Exception {
        store().add("1 pear");
        assertThat(directory.resolve("orders.txt")).content().contains("1 pear");
    }
}
