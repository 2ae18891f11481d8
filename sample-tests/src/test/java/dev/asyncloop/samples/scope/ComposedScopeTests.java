package dev.asyncloop.samples.scope;

import static dev.asyncloop.jupiter.LoopScope.Scope.CLASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jupiter.LoopScope;
import dev.asyncloop.jupiter.VirtualTime;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.time.VirtualClock;
import dev.asyncloop.samples.scope.ComposedScopeTests.OneLoopWithoutWaiting;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A scope and a clock that a team gave a name of its own. */
@OneLoopWithoutWaiting
class ComposedScopeTests {

    // tag::composed[]
    @LoopScope(CLASS)
    @VirtualTime
    @Retention(RetentionPolicy.RUNTIME)
    @interface OneLoopWithoutWaiting {}
    // end::composed[]

    private static EventLoop ofTheClass;

    @BeforeAll
    static void note(EventLoop loop) {
        ofTheClass = loop;
    }

    @Test
    void the_loop_is_that_of_the_class_and_its_clock_is_virtual(EventLoop loop, VirtualClock clock) {
        assertThat(loop).isSameAs(ofTheClass);
        assertThat(loop.clock()).isSameAs(clock);
    }
}
