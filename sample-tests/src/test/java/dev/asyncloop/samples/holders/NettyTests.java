package dev.asyncloop.samples.holders;

import static dev.asyncloop.samples.holders.HelloServer.FOR_ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** Event loops open their selectors when they are made, and start their threads when a test first gives them something to do. */
class NettyTests {

    private static EventLoopGroup group(int threads) {
        return new MultiThreadIoEventLoopGroup(threads, NioIoHandler.newFactory());
    }

    private static void use(EventExecutorGroup group) throws Exception {
        assertThat(group.next().submit(() -> 1).get()).isEqualTo(1);
    }

    private static Channel connect(EventLoopGroup group) throws InterruptedException {
        return new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect("localhost", FOR_ALL.port())
                .sync()
                .channel();
    }

    static class StaticGroup {
        static final EventLoopGroup GROUP = group(1);

        @Test
        void uses_it() throws Exception {
            use(GROUP);
        }
    }

    static class LazyGroup {
        static class Shared {
            private static EventLoopGroup group;

            static synchronized EventLoopGroup group() {
                if (group == null) {
                    group = NettyTests.group(2);
                }
                return group;
            }
        }

        @RepeatedTest(2)
        void uses_it() throws Exception {
            use(Shared.group());
        }
    }

    static class GroupOfTheClass {
        static EventLoopGroup group;

        @BeforeAll
        static void open() {
            group = group(4);
        }

        @AfterAll
        static void close() throws Exception {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
        }

        @RepeatedTest(3)
        void uses_it() throws Exception {
            use(group);
        }

        @Test
        void connects_and_closes() throws Exception {
            connect(group).close().sync();
        }
    }

    static class ExecutorsOfTheClass {
        static EventExecutorGroup group;

        @BeforeAll
        static void open() {
            group = new DefaultEventExecutorGroup(2);
        }

        @AfterAll
        static void close() throws Exception {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
        }

        @RepeatedTest(2)
        void uses_it() throws Exception {
            use(group);
        }
    }

    /** The connections that it accepts are opened by its own thread, which a test woke, and nothing but its selector leads to them. */
    static class LazyServer {
        static class Shared {
            private static Channel server;
            private static Socket client;

            static synchronized Socket client() throws Exception {
                if (client == null) {
                    server = new ServerBootstrap()
                            .group(group(2))
                            .channel(NioServerSocketChannel.class)
                            .childHandler(new Answering())
                            .bind(InetAddress.getLoopbackAddress(), 0)
                            .sync()
                            .channel();
                    client = new Socket(
                            InetAddress.getLoopbackAddress(), ((InetSocketAddress) server.localAddress()).getPort());
                }
                return client;
            }
        }

        static class Answering extends ChannelInboundHandlerAdapter {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                context.writeAndFlush(message);
            }

            @Override
            public boolean isSharable() {
                return true;
            }
        }

        @RepeatedTest(2)
        void asks() throws Exception {
            Socket client = Shared.client();
            client.getOutputStream().write(7);
            assertThat(client.getInputStream().read()).isEqualTo(7);
        }
    }

    static class VertxOfTheClass {
        static Vertx vertx;

        @BeforeAll
        static void open() {
            vertx = Vertx.vertx();
        }

        @AfterAll
        static void close() throws Exception {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }

        @RepeatedTest(3)
        void runs_on_its_loop() throws Exception {
            Promise<Integer> one = Promise.promise();
            vertx.runOnContext(nothing -> one.complete(1));
            assertThat(one.future().toCompletionStage().toCompletableFuture().get())
                    .isEqualTo(1);
        }

        @RepeatedTest(2)
        void runs_on_its_pool() throws Exception {
            assertThat(vertx.executeBlocking(() -> 1)
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                StaticGroup.class,
                LazyGroup.class,
                LazyServer.class,
                GroupOfTheClass.class,
                ExecutorsOfTheClass.class,
                VertxOfTheClass.class
            })
    void nobody_is_blamed_for_what_is_kept_for_the_run_or_closed_by_the_class(Class<?> specimen) {
        assertThat(Blame.of(specimen)).isEmpty();
    }

    static class GroupThatTheClassForgets {
        static EventLoopGroup group;

        @BeforeAll
        static void open() {
            group = group(1);
        }

        @RepeatedTest(2)
        void uses_it() throws Exception {
            use(group);
        }
    }

    @Test
    void the_class_is_blamed_for_what_it_does_not_close() {
        assertThat(Blame.of(GroupThatTheClassForgets.class)).containsOnlyKeys(Blame.THE_CLASS);
    }

    static class LocalGroup {
        @Test
        void leaves_it() throws Exception {
            use(group(1));
        }
    }

    /** The group goes on for the run, and its selector has the channel among its keys; the channel is the test's all the same. */
    static class ChannelOfAStaticGroup {
        static final EventLoopGroup GROUP = group(1);

        @Test
        void leaves_it() throws Exception {
            assertThat(connect(GROUP).isOpen()).isTrue();
        }
    }

    /** Reactor has a static map of the resolvers of all loops. */
    static class LocalLoopsOfReactor {
        @Test
        void leaves_it() {
            LoopResources loops = LoopResources.create("own", 1, true);
            assertThat(HttpClient.create(ConnectionProvider.create("own"))
                            .runOn(loops)
                            .get()
                            .uri(FOR_ALL.uri())
                            .responseContent()
                            .aggregate()
                            .asString()
                            .block())
                    .isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {LocalGroup.class, ChannelOfAStaticGroup.class, LocalLoopsOfReactor.class})
    void the_test_is_blamed_for_what_it_leaves(Class<?> specimen) {
        assertThat(Blame.of(specimen)).containsOnlyKeys("leaves_it");
    }
}
