package dev.asyncloop.jupiter;

import static dev.asyncloop.jupiter.LoopScope.Scope.CLASS;
import static dev.asyncloop.jupiter.LoopScope.Scope.SESSION;
import static dev.asyncloop.jupiter.Server.EVENTS;
import static dev.asyncloop.jupiter.Server.note;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.LeakError;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.EventLoop;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
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

    @BeforeEach
    void forget() {
        EVENTS.clear();
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
}
