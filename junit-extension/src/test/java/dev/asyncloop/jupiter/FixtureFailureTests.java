package dev.asyncloop.jupiter;

import static dev.asyncloop.jupiter.LoopScope.Scope.METHOD;
import static dev.asyncloop.jupiter.LoopScope.Scope.SESSION;
import static dev.asyncloop.jupiter.Server.EVENTS;
import static dev.asyncloop.jupiter.Server.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.StuckLoopException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fixtures that cannot be made, had or closed, and those that are declared wrongly. */
@Timeout(60)
class FixtureFailureTests {

    @BeforeEach
    void forget() {
        EVENTS.clear();
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class CannotBeMade {

        @RegisterExtension
        static final LoopFixture<Server> FIRST = LoopFixture.of(Server.class, () -> new Server("first"));

        @RegisterExtension
        static final LoopFixture<String> BROKEN = LoopFixture.of(String.class, () -> {
            EventLoop.running().createTask("half made", () -> Asyncio.sleep(Duration.ofHours(1)));
            throw new IOException("the port is taken");
        });

        @Test
        void never() {
            note("never");
        }
    }

    @Test
    void one_that_throws_fails_who_needs_it_and_leaves_nothing() {
        assertThat(Run.of(CannotBeMade.class).failure("FixtureFailureTests$CannotBeMade"))
                .isInstanceOf(FixtureError.class)
                .hasMessage(
                        "The fixture FixtureFailureTests.CannotBeMade.BROKEN could not be made: java.io.IOException:"
                                + " the port is taken")
                .hasCauseInstanceOf(IOException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .isInstanceOf(LeakError.class)
                        .asString()
                        .contains("\"half made\""));
        assertThat(EVENTS).containsExactly("+first", "-first");
    }

    @ExtendWith(AsyncLoopExtension.class)
    interface Brittle {

        @RegisterExtension
        LoopFixture<Server> SERVER = LoopFixture.<Server>of(Server.class, () -> {
                    note("tried");
                    throw new IOException("no engine");
                })
                .scope(SESSION);

        @Test
        default void never() {}
    }

    static class BrittleOne implements Brittle {}

    static class BrittleTwo implements Brittle {}

    @Test
    void one_of_the_run_that_throws_is_not_tried_again() {
        Run run = Run.of(BrittleOne.class, BrittleTwo.class);
        assertThat(run.failures().values())
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure)
                        .hasMessage("The fixture FixtureFailureTests.Brittle.SERVER could not be made:"
                                + " java.io.IOException: no engine"));
        assertThat(EVENTS).containsExactly("tried");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class CannotBeHad {

        @RegisterExtension
        static final LoopFixture<String> DOCKER = LoopFixture.of(String.class, () -> {
            Assumptions.abort("there is no engine here");
            return "never";
        });

        @Test
        void never() {}
    }

    @Test
    void one_that_aborts_skips_the_tests() {
        Run run = Run.of(CannotBeHad.class);
        assertThat(run.failures()).containsOnlyKeys("FixtureFailureTests$CannotBeHad");
        assertThat(run.aborted()).containsExactly("FixtureFailureTests$CannotBeHad");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class CannotBeClosed {

        @RegisterExtension
        final LoopFixture<Server> server = LoopFixture.of(Server.class, () -> new Server("server"));

        @RegisterExtension
        final LoopFixture<String> stubborn = LoopFixture.<String>of(String.class, () -> "stubborn")
                .closedBy(value -> {
                    throw new IOException("it will not");
                });

        @Test
        void test() {}

        @Test
        void failing() {
            throw new IllegalStateException("by itself");
        }
    }

    @Test
    void one_that_throws_when_it_is_closed_fails_the_test_and_the_others_are_closed() {
        Run run = Run.of(CannotBeClosed.class);
        assertThat(run.failure("test()"))
                .isInstanceOf(FixtureError.class)
                .hasMessage("The fixture FixtureFailureTests.CannotBeClosed.stubborn failed when it was closed:"
                        + " java.io.IOException: it will not");
        assertThat(run.failure("failing()"))
                .hasMessage("by itself")
                .satisfies(failure ->
                        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(FixtureError.class));
        assertThat(EVENTS).containsExactly("+server", "-server", "+server", "-server");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Described {

        @RegisterExtension
        static final LoopFixture<String> SERVER =
                LoopFixture.<String>of(String.class, () -> "its log").describedBy(log -> log + "\n  started");

        @RegisterExtension
        static final LoopFixture<String> BROKEN = LoopFixture.<String>of(String.class, () -> "nothing")
                .describedBy(log -> {
                    throw new IllegalStateException("gone");
                });

        @Test
        void failing() {
            throw new IllegalStateException("timed out");
        }

        @Test
        void green() {}
    }

    @Test
    void a_test_that_fails_tells_of_them() {
        Run run = Run.of(Described.class);
        assertThat(run.failures()).containsOnlyKeys("failing()");
        assertThat(run.failure("failing()").getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactlyInAnyOrder(
                        "FixtureFailureTests.Described.SERVER: its log\n  started",
                        "FixtureFailureTests.Described.BROKEN cannot be described: java.lang.IllegalStateException:"
                                + " gone");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class InACircle {

        @RegisterExtension
        static final LoopFixture<String> ONE = LoopFixture.of(String.class, circle(), other -> "one");

        @RegisterExtension
        static final LoopFixture<String> OTHER = LoopFixture.of(String.class, ONE, one -> "other");

        private static LoopFixture<String> circle() {
            return OTHER;
        }

        @Test
        void test() {}
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class NeedsAStranger {

        @RegisterExtension
        static final LoopFixture<String> ONE =
                LoopFixture.of(String.class, LoopFixtureTests.Orders.SERVER, server -> "one");

        @Test
        void test() {}
    }

    @ExtendWith(AsyncLoopExtension.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class NeedsOneOfATest {

        private static final List<LoopFixture<String>> NARROW = List.of(LoopFixture.of(String.class, () -> "narrow"));

        @RegisterExtension
        final LoopFixture<String> ofTest = NARROW.get(0);

        @RegisterExtension
        static final LoopFixture<String> WIDE = LoopFixture.of(String.class, NARROW.get(0), value -> "wide");

        @Test
        void test() {}
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class WideForEachTest {

        @RegisterExtension
        final LoopFixture<String> ofTest =
                LoopFixture.<String>of(String.class, () -> "of the test").scope(SESSION);

        @Test
        void test() {}
    }

    static class WithoutALoop {

        @RegisterExtension
        static final LoopFixture<String> ONE = LoopFixture.of(String.class, () -> "one");

        @Test
        void test() {}
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class NoExtension {

        static final LoopFixture<String> ONE = LoopFixture.of(String.class, () -> "one");

        @Test
        void test() {}
    }

    @Test
    void wrong_use_is_refused_in_one_sentence() {
        assertThat(Run.of(InACircle.class).failure("FixtureFailureTests$InACircle"))
                .hasMessage(
                        "The fixture FixtureFailureTests.InACircle.ONE needs one that was null when it was declared:"
                                + " declare what it needs above it, and not two that need each other");
        assertThat(Run.of(NeedsAStranger.class).failure("FixtureFailureTests$NeedsAStranger"))
                .hasMessage("The fixture FixtureFailureTests.NeedsAStranger.ONE needs one of Server that"
                        + " FixtureFailureTests.NeedsAStranger does not have; declare it there too, as a field with"
                        + " @RegisterExtension");
        assertThat(Run.of(NeedsOneOfATest.class).failure("FixtureFailureTests$NeedsOneOfATest"))
                .hasMessage("The fixture FixtureFailureTests.NeedsOneOfATest.WIDE needs"
                        + " FixtureFailureTests.NeedsOneOfATest.ofTest, which is made for each test only; make"
                        + " that static, or this not");
        assertThat(Run.of(WideForEachTest.class).failure("test()"))
                .hasMessage(
                        "The fixture FixtureFailureTests.WideForEachTest.ofTest is made for each test, and cannot have"
                                + " the scope SESSION; make the field static");
        assertThat(Run.of(WithoutALoop.class).failure("FixtureFailureTests$WithoutALoop"))
                .hasMessage("The fixture FixtureFailureTests.WithoutALoop.ONE needs a loop: put"
                        + " @ExtendWith(AsyncLoopExtension.class) on FixtureFailureTests.WithoutALoop");
        assertThat(Run.of(NoExtension.class).failure("FixtureFailureTests$NoExtension"))
                .hasMessage(
                        "The fixture FixtureFailureTests.NoExtension.ONE would never be made: put @RegisterExtension on"
                                + " the field");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoopFixture.of(String.class, () -> "one").scope(METHOD))
                .withMessage("a fixture with scope METHOD is an instance field, not a static one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoopFixture.of(String.class, () -> "one").timeout(Duration.ZERO))
                .withMessage("the timeout of a fixture must be positive, and is PT0S");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Slow {

        @RegisterExtension
        static final LoopFixture<String> SLOW = LoopFixture.<String>of(String.class, () -> {
                    new CountDownLatch(1).await();
                    return "never";
                })
                .timeout(Duration.ofMillis(300));

        @Test
        void test() {}
    }

    @Test
    void one_that_is_never_made_ends_at_its_limit() {
        assertThat(Run.of(Slow.class).failure("FixtureFailureTests$Slow"))
                .isInstanceOf(FixtureError.class)
                .hasCauseInstanceOf(StuckLoopException.class);
    }
}
