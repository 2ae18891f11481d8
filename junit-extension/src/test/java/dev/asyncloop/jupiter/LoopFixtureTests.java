package dev.asyncloop.jupiter;

import static dev.asyncloop.jupiter.LoopScope.Scope.CLASS;
import static dev.asyncloop.jupiter.LoopScope.Scope.METHOD;
import static dev.asyncloop.jupiter.LoopScope.Scope.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import dev.asyncloop.loop.StuckLoopException;
import dev.asyncloop.loop.Task;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tests need, and do not make themselves. */
@Timeout(60)
class LoopFixtureTests {

    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        EVENTS.clear();
    }

    private static void note(String event) {
        EVENTS.add(event);
    }

    /** Answers on the loop on which it is made, until it is closed there. */
    static final class Server implements AutoCloseable {

        private final String name;
        private final SynchronousQueue<CompletableFuture<String>> requests = new SynchronousQueue<>();
        private final Task<?> answering = EventLoop.running().createTask("answering", this::answer);
        private final Thread thread = Thread.currentThread();

        Server(String name) {
            this.name = name;
            note("+" + name);
        }

        private void answer() throws InterruptedException {
            while (true) {
                requests.take().complete(name);
            }
        }

        String ask() throws Exception {
            CompletableFuture<String> answer = new CompletableFuture<>();
            requests.put(answer);
            return answer.get();
        }

        @Override
        public void close() {
            assertThat(Thread.currentThread()).isSameAs(thread);
            answering.cancel("closed");
            Asyncio.wait(List.of(answering));
            note("-" + name);
        }
    }

    record Client(Server server) {

        static Client of(Server server) {
            note("+client");
            return new Client(server);
        }

        void leave() {
            note("-client");
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Orders {

        @RegisterExtension
        static final LoopFixture<Server> SERVER = LoopFixture.of(Server.class, () -> new Server("server"));

        @RegisterExtension
        final LoopFixture<Client> client =
                LoopFixture.of(Client.class, SERVER, Client::of).closedBy(Client::leave);

        Orders(Server server) {
            assertThat(server.name).isEqualTo("server");
        }

        @BeforeAll
        static void beforeAll(Server server) throws Exception {
            note("before all: " + server.ask());
        }

        @BeforeEach
        void beforeEach(Client client) throws Exception {
            note("before each: " + client.server().ask());
        }

        @Test
        void first(Client client, EventLoop loop) throws Exception {
            assertThat(EventLoop.running()).isSameAs(loop);
            note("first: " + client.server().ask());
        }

        @Test
        void second(Server server) throws Exception {
            note("second: " + server.ask());
        }

        @AfterEach
        void afterEach(Client client) throws Exception {
            note("after each: " + client.server().ask());
        }

        @AfterAll
        static void afterAll(Server server) throws Exception {
            note("after all: " + server.ask());
        }
    }

    private static final List<String> ORDERS = List.of(
            "+server",
            "before all: server",
            "+client",
            "before each: server",
            "first: server",
            "after each: server",
            "-client",
            "+client",
            "before each: server",
            "second: server",
            "after each: server",
            "-client",
            "after all: server",
            "-server");

    @Test
    void a_static_one_is_shared_and_another_is_made_for_each_test() {
        assertThat(Run.of(Orders.class).failures()).isEmpty();
        assertThat(EVENTS).containsExactlyElementsOf(ORDERS);
    }

    @LoopScope(CLASS)
    static class OrdersOnOneLoop extends Orders {
        OrdersOnOneLoop(Server server) {
            super(server);
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OrdersOfOneInstance extends Orders {
        OrdersOfOneInstance() {
            super(new Server("server"));
        }
    }

    @Test
    void so_it_is_on_a_loop_of_the_class() {
        assertThat(Run.of(OrdersOnOneLoop.class).failures()).isEmpty();
        assertThat(EVENTS).containsExactlyElementsOf(ORDERS);
    }

    @Test
    void and_in_parallel() {
        Map<String, String> parallel = Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");
        for (String scope : List.of("method", "class", "session")) {
            Map<String, String> parameters = new HashMap<>(parallel);
            parameters.put("asyncloop.scope.default", scope);
            assertThat(Run.with(parameters, Orders.class, Others.class, SharesByInterface.class, SharesItToo.class)
                            .failures())
                    .isEmpty();
        }
        assertThat(EVENTS.stream().filter("+client"::equals)).hasSize(3 * 4);
        assertThat(EVENTS.stream().filter("-client"::equals)).hasSize(3 * 4);
    }

    static class Others extends Orders {
        Others(Server server) {
            super(server);
        }
    }

    @ExtendWith(AsyncLoopExtension.class)
    interface HasServer {

        @RegisterExtension
        LoopFixture<Server> SERVER = LoopFixture.<Server>of(Server.class, () -> new Server("one for all"))
                .scope(SESSION);

        @Test
        default void asks(Server server) throws Exception {
            note("asks: " + server.ask());
        }
    }

    static class SharesByInterface implements HasServer {}

    @LoopScope(SESSION)
    static class SharesItToo implements HasServer {

        @Nested
        class Inner {

            @Test
            void inner(Server server) throws Exception {
                note("inner: " + server.ask());
            }
        }
    }

    @Test
    void K05_one_can_serve_all_classes_of_a_run_whatever_their_loops() {
        assertThat(Run.of(SharesByInterface.class, SharesItToo.class).failures())
                .isEmpty();
        assertThat(EVENTS)
                .containsExactly(
                        "+one for all", "asks: one for all", "asks: one for all", "inner: one for all", "-one for all");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class ByName {

        @RegisterExtension
        static final LoopFixture<Server> LEFT = LoopFixture.of(Server.class, () -> new Server("left"));

        @RegisterExtension
        static final LoopFixture<Server> RIGHT = LoopFixture.of(Server.class, () -> new Server("right"));

        @RegisterExtension
        static final LoopFixture<String> BOTH =
                LoopFixture.of(CharSequence.class, LEFT, RIGHT, (left, right) -> left.ask() + " and " + right.ask());

        @Test
        void takes(@Fixture("RIGHT") Server server, @Fixture("LEFT") AutoCloseable other, CharSequence both)
                throws Exception {
            assertThat(server.ask()).isEqualTo("right");
            assertThat(other).hasFieldOrPropertyWithValue("name", "left");
            assertThat(both).isEqualTo("left and right");
        }

        @Test
        void ambiguous(Server server) {}

        @Test
        void unknown(@Fixture("MIDDLE") Server server) {}

        @Test
        void none(Runnable missing) {}
    }

    @Test
    void of_several_the_name_says_which() {
        Run run = Run.of(ByName.class);
        assertThat(run.succeeded()).contains("takes(Server, AutoCloseable, CharSequence)");
        assertThat(run.failure("ambiguous(Server)"))
                .hasMessage("The parameter Server of LoopFixtureTests.ByName.ambiguous() could take"
                        + " LoopFixtureTests.ByName.LEFT, LoopFixtureTests.ByName.RIGHT; say which by"
                        + " @Fixture(\"LEFT\")");
        assertThat(run.failure("unknown(Server)"))
                .hasMessage("The parameter Server of LoopFixtureTests.ByName.unknown() asks for a fixture that is not"
                        + " there; there are LoopFixtureTests.ByName.BOTH, LoopFixtureTests.ByName.LEFT,"
                        + " LoopFixtureTests.ByName.RIGHT");
        assertThat(run.failure("none(Runnable)")).hasMessageStartingWith("No ParameterResolver registered");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class TooEarly {

        @RegisterExtension
        final LoopFixture<Server> server = LoopFixture.of(Server.class, () -> new Server("server"));

        TooEarly(@Fixture("server") Server server) {}

        @Test
        void test() {}
    }

    @Test
    void one_that_is_not_there_yet_is_named() {
        assertThat(Run.of(TooEarly.class).failure("test()"))
                .hasMessage("The parameter Server of the constructor of LoopFixtureTests.TooEarly asks for"
                        + " LoopFixtureTests.TooEarly.server, which is made for each test, after the"
                        + " constructor; take it in the test or in a @BeforeEach method");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Leaking {

        @RegisterExtension
        static final LoopFixture<String> SHARED = LoopFixture.of(String.class, () -> {
            EventLoop.running().createTask("shared", () -> Asyncio.sleep(Duration.ofHours(1)));
            return "shared";
        });

        @RegisterExtension
        final LoopFixture<ServerSocket> ofTest = LoopFixture.<ServerSocket>of(
                        ServerSocket.class, () -> new ServerSocket(0))
                .closedBy(left -> {});

        @Test
        void innocent(ServerSocket socket) {
            assertThat(socket.isClosed()).isFalse();
        }
    }

    @Test
    void what_one_leaves_behind_is_its_own() {
        Run run = Run.of(Leaking.class);
        assertThat(run.failure("innocent(ServerSocket)"))
                .isInstanceOf(LeakError.class)
                .hasMessageStartingWith(
                        "LoopFixtureTests.Leaking.ofTest left 1 thing behind\n  1. open file descriptor")
                .satisfies(failure -> assertThat(failure.getSuppressed()).noneMatch(LeakError.class::isInstance));
        assertThat(run.failure("LoopFixtureTests$Leaking"))
                .isInstanceOf(LeakError.class)
                .hasMessageStartingWith(
                        "LoopFixtureTests.Leaking.SHARED left 1 thing behind\n  1. pending task \"shared\"");
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
        assertThat(Run.of(CannotBeMade.class).failure("LoopFixtureTests$CannotBeMade"))
                .isInstanceOf(FixtureError.class)
                .hasMessage(
                        "The fixture LoopFixtureTests.CannotBeMade.BROKEN could not be made: java.io.IOException: the"
                                + " port is taken")
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
                        .hasMessage(
                                "The fixture LoopFixtureTests.Brittle.SERVER could not be made: java.io.IOException: no"
                                        + " engine"));
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
        assertThat(run.failures()).containsOnlyKeys("LoopFixtureTests$CannotBeHad");
        assertThat(run.aborted()).containsExactly("LoopFixtureTests$CannotBeHad");
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
                .hasMessage("The fixture LoopFixtureTests.CannotBeClosed.stubborn failed when it was closed:"
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
                        "LoopFixtureTests.Described.SERVER: its log\n  started",
                        "LoopFixtureTests.Described.BROKEN cannot be described: java.lang.IllegalStateException: gone");
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
        static final LoopFixture<String> ONE = LoopFixture.of(String.class, Orders.SERVER, server -> "one");

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
        assertThat(Run.of(InACircle.class).failure("LoopFixtureTests$InACircle"))
                .hasMessage("The fixture LoopFixtureTests.InACircle.ONE needs one that was null when it was declared:"
                        + " declare what it needs above it, and not two that need each other");
        assertThat(Run.of(NeedsAStranger.class).failure("LoopFixtureTests$NeedsAStranger"))
                .hasMessage("The fixture LoopFixtureTests.NeedsAStranger.ONE needs one of Server that"
                        + " LoopFixtureTests.NeedsAStranger does not have; declare it there too, as a field with"
                        + " @RegisterExtension");
        assertThat(Run.of(NeedsOneOfATest.class).failure("LoopFixtureTests$NeedsOneOfATest"))
                .hasMessage("The fixture LoopFixtureTests.NeedsOneOfATest.WIDE needs"
                        + " LoopFixtureTests.NeedsOneOfATest.ofTest, which is made for each test only; make"
                        + " that static, or this not");
        assertThat(Run.of(WideForEachTest.class).failure("test()"))
                .hasMessage(
                        "The fixture LoopFixtureTests.WideForEachTest.ofTest is made for each test, and cannot have the"
                                + " scope SESSION; make the field static");
        assertThat(Run.of(WithoutALoop.class).failure("LoopFixtureTests$WithoutALoop"))
                .hasMessage("The fixture LoopFixtureTests.WithoutALoop.ONE needs a loop: put"
                        + " @ExtendWith(AsyncLoopExtension.class) on LoopFixtureTests.WithoutALoop");
        assertThat(Run.of(NoExtension.class).failure("LoopFixtureTests$NoExtension"))
                .hasMessage(
                        "The fixture LoopFixtureTests.NoExtension.ONE would never be made: put @RegisterExtension on"
                                + " the field");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoopFixture.of(String.class, () -> "one").scope(METHOD))
                .withMessage("a fixture with scope METHOD is an instance field, not a static one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoopFixture.of(String.class, () -> "one").limit(Duration.ZERO))
                .withMessage("the limit of a fixture must be positive, and is PT0S");
    }

    @ExtendWith(AsyncLoopExtension.class)
    static class Slow {

        @RegisterExtension
        static final LoopFixture<String> SLOW = LoopFixture.<String>of(String.class, () -> {
                    new CountDownLatch(1).await();
                    return "never";
                })
                .limit(Duration.ofMillis(300));

        @Test
        void test() {}
    }

    @Test
    void one_that_is_never_made_ends_at_its_limit() {
        assertThat(Run.of(Slow.class).failure("LoopFixtureTests$Slow"))
                .isInstanceOf(FixtureError.class)
                .hasCauseInstanceOf(StuckLoopException.class);
    }
}
