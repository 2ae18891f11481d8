package dev.asyncloop.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loan by itself; what it does for a test is in {@code MainTaskTests}. */
@Timeout(30)
class SharedThreadLocalsTests {

    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();
    private static final InheritableThreadLocal<String> INHERITABLE = new InheritableThreadLocal<>();

    private final Queue<Runnable> continuations = new ArrayDeque<>();
    private final List<String> seen = new ArrayList<>();

    @Test
    void a_thread_that_never_had_a_value_lends_its_maps_too() throws Exception {
        Thread driver = Thread.ofPlatform()
                .inheritInheritableThreadLocals(false)
                .start(() -> {
                    Thread borrower = LoopThreads.ofVirtual(continuations::add).start(() -> {
                        LOCAL.set("set by the borrower");
                        INHERITABLE.set("this too");
                    });
                    SharedThreadLocals.lend(borrower);
                    continuations.remove().run();
                    seen.add(LOCAL.get());
                    seen.add(INHERITABLE.get());
                });
        driver.join();
        assertThat(seen).containsExactly("set by the borrower", "this too");
    }

    @Test
    void what_was_taken_back_is_not_seen_any_more() throws Exception {
        Thread driver = Thread.ofPlatform().start(() -> {
            LOCAL.set("the driver's");
            Thread borrower = LoopThreads.ofVirtual(continuations::add).start(() -> {
                seen.add(LOCAL.get());
                Thread.yield();
                seen.add(LOCAL.get());
                LOCAL.set("the borrower's own");
            });
            SharedThreadLocals.lend(borrower);
            continuations.remove().run();
            SharedThreadLocals.takeBack(borrower);
            continuations.remove().run();
            seen.add(LOCAL.get());
        });
        driver.join();
        assertThat(seen).containsExactly("the driver's", null, "the driver's");
    }
}
