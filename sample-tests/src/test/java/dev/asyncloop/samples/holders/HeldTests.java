package dev.asyncloop.samples.holders;

import static dev.asyncloop.samples.holders.HelloServer.FOR_ALL;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All the ways in which Java code can hold on to something for longer than a test. */
class HeldTests {

    static class InACache {
        static final Cache<String, InputStream> CACHE =
                Caffeine.newBuilder().maximumSize(10).build();

        @Test
        void keeps_it() throws Exception {
            CACHE.put("a", new FileInputStream("/etc/hostname"));
        }
    }

    static class InAnEnumConstant {
        enum Holder {
            INSTANCE;

            Socket socket;
        }

        @Test
        void keeps_it() throws Exception {
            Holder.INSTANCE.socket = FOR_ALL.connect();
        }
    }

    static class InAConstantOfAnInterface {
        interface Constants {
            Map<String, Object> MAP = new ConcurrentHashMap<>();
        }

        @Test
        void keeps_it() throws Exception {
            Constants.MAP.put("a", FOR_ALL.connect());
        }
    }

    static class InASuperclass {
        abstract static class Base {
            static Socket shared;
        }

        static class Sub extends Base {
            @Test
            void keeps_it() throws Exception {
                shared = FOR_ALL.connect();
            }
        }
    }

    static class InALazySingleton {
        static class Singleton {
            private static Singleton instance;

            final Map<Integer, Socket> pool = new HashMap<>();

            static synchronized Singleton instance() {
                if (instance == null) {
                    instance = new Singleton();
                }
                return instance;
            }

            void connect() throws Exception {
                pool.put(FOR_ALL.port(), FOR_ALL.connect());
            }
        }

        @Test
        void keeps_it() throws Exception {
            Singleton.instance().connect();
        }
    }

    /** A mistake, most likely. But nothing tells it from a cache. */
    static class InAListOfListeners {
        static class Bus {
            static final List<Supplier<Integer>> LISTENERS = new ArrayList<>();
        }

        @Test
        void keeps_it() throws Exception {
            Bus.LISTENERS.add(FOR_ALL.connect()::getPort);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                InACache.class,
                InAnEnumConstant.class,
                InAConstantOfAnInterface.class,
                InASuperclass.Sub.class,
                InALazySingleton.class,
                InAListOfListeners.class
            })
    void what_any_other_static_holds_is_nobodys(Class<?> specimen) {
        assertThat(Blame.of(specimen)).isEmpty();
    }

    static class InALambda {
        static Supplier<Integer> port;

        @Test
        void keeps_it() throws Exception {
            Socket socket = FOR_ALL.connect();
            port = () -> socket.getPort();
        }
    }

    static class InARecordInAnArray {
        record Pair(String name, Object[] values) {}

        static Pair pair;

        @Test
        void keeps_it() throws Exception {
            pair = new Pair("x", new Object[] {1, List.of(new RandomAccessFile("/etc/hostname", "r"))});
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class InTheInstanceOfTheClass {
        Socket socket;

        @Test
        void keeps_it() throws Exception {
            socket = FOR_ALL.connect();
        }
    }

    static class InAList {
        static List<Socket> opened = new ArrayList<>();

        @Test
        void keeps_it() throws Exception {
            opened.add(FOR_ALL.connect());
            opened.add(FOR_ALL.connect());
        }
    }

    static class InAFinalList {
        static final List<Socket> OPENED = new ArrayList<>();

        @Test
        void keeps_it() throws Exception {
            OPENED.add(FOR_ALL.connect());
        }
    }

    static class WatchServiceAndChannel {
        static WatchService watch;
        static AsynchronousServerSocketChannel channel;

        @Test
        void keeps_them() throws Exception {
            watch = FileSystems.getDefault().newWatchService();
            channel = AsynchronousServerSocketChannel.open(AsynchronousChannelGroup.withFixedThreadPool(
                    1, Thread.ofPlatform().daemon().factory()));
        }
    }

    static class StaticTimer {
        static Timer timer;

        @Test
        void keeps_it() {
            timer = new Timer(true);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                InALambda.class,
                InARecordInAnArray.class,
                InTheInstanceOfTheClass.class,
                InAList.class,
                InAFinalList.class,
                WatchServiceAndChannel.class,
                StaticTimer.class
            })
    void the_class_is_blamed_for_what_it_holds_and_does_not_close(Class<?> specimen) {
        assertThat(Blame.of(specimen)).containsOnlyKeys(Blame.THE_CLASS);
    }

    static class InAClosedList {
        static List<Socket> opened = new ArrayList<>();

        @AfterAll
        static void close() throws Exception {
            for (Socket socket : opened) {
                socket.close();
            }
        }

        @Test
        void keeps_it() throws Exception {
            opened.add(FOR_ALL.connect());
        }
    }

    static class InInstances {

        final List<Socket> ofTheOuter = new ArrayList<>();

        @Nested
        @TestInstance(TestInstance.Lifecycle.PER_CLASS)
        class Inner {
            Socket socket;

            @Test
            void keeps_it() throws Exception {
                socket = FOR_ALL.connect();
            }

            @Test
            void keeps_it_around_itself() throws Exception {
                ofTheOuter.add(FOR_ALL.connect());
            }

            @AfterAll
            void close() throws Exception {
                socket.close();
                ofTheOuter.getFirst().close();
            }
        }
    }

    static class CancelledTimer {
        static Timer timer;

        @AfterAll
        static void close() {
            timer.cancel();
        }

        @Test
        void keeps_it() {
            timer = new Timer();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {InAClosedList.class, InInstances.class, CancelledTimer.class})
    void nobody_is_blamed_for_what_the_class_holds_and_closes(Class<?> specimen) {
        assertThat(Blame.of(specimen)).isEmpty();
    }
}
