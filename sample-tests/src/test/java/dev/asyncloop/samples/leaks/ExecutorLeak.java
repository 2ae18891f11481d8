package dev.asyncloop.samples.leaks;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.AsyncLoopExtension;
import dev.asyncloop.samples.leaks.PriceSearch.Shop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An executor that is never closed still runs what nobody waits for. */
@ExtendWith(AsyncLoopExtension.class)
class ExecutorLeak {

    private final Shop fast = new Shop(completedFuture(50));
    private final Shop slow = new Shop(new CompletableFuture<>());

    @Test
    void takes_the_first_answer() throws Exception {
        assertThat(PriceSearch.first(List.of(fast, slow))).isEqualTo(50);
    }

    @Test
    void takes_the_first_answer_of_shops_that_all_answer() throws Exception {
        assertThat(PriceSearch.first(List.of(fast, fast))).isEqualTo(50);
    }
}
