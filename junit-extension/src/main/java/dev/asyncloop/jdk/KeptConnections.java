package dev.asyncloop.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The connections that {@code HttpURLConnection} keeps for the next request, for some seconds after a response was
 * read. Any thread.
 */
public final class KeptConnections {

    private static final String OPENER = "sun.net.www.protocol.http.HttpURLConnection";

    /** Null if the JDK is closed to us, or unknown. */
    private static final @Nullable KeptConnections JDK = open();

    private final MethodHandle cache;
    private final MethodHandle unread;

    /** The JDK's thread that reads responses to their end that were closed early. */
    private final MethodHandle cleaner;

    private final MethodHandle client;
    private final MethodHandle socket;

    private KeptConnections() throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        Class<?> http = Class.forName("sun.net.www.http.HttpClient");
        Class<?> entry = Class.forName("sun.net.www.http.KeepAliveEntry");
        Class<?> stream = Class.forName("sun.net.www.http.KeepAliveStream");
        Class<?> network = http.getSuperclass();
        MethodHandles.Lookup inside = MethodHandles.privateLookupIn(http, lookup);
        cache = inside.findStaticGetter(http, "kac", Class.forName("sun.net.www.http.KeepAliveCache"))
                .asType(MethodType.methodType(Map.class));
        MethodHandles.Lookup insideStream = MethodHandles.privateLookupIn(stream, lookup);
        cleaner = insideStream.findStaticGetter(stream, "cleanerThread", Thread.class);
        unread = insideStream
                .findStaticGetter(stream, "queue", Class.forName("sun.net.www.http.KeepAliveStreamCleaner"))
                .asType(MethodType.methodType(Collection.class));
        client = inside.findGetter(entry, "hc", http).asType(MethodType.methodType(Object.class, Object.class));
        socket = MethodHandles.privateLookupIn(network, lookup)
                .findGetter(network, "serverSocket", Socket.class)
                .asType(MethodType.methodType(Socket.class, Object.class));
    }

    private static @Nullable KeptConnections open() {
        try {
            return new KeptConnections();
        } catch (ReflectiveOperationException unknown) {
            return null;
        }
    }

    /** Whether {@code HttpURLConnection} may keep what that stack opened. */
    public static boolean mayKeep(List<StackTraceElement> opened) {
        return opened.stream().anyMatch(frame -> frame.getClassName().equals(OPENER));
    }

    /** The local ports of the kept connections; empty if they are not known, as while one is being given back. */
    public static Optional<Set<Integer>> localPorts() {
        try {
            return JDK == null ? Optional.empty() : JDK.ports();
        } catch (ConcurrentModificationException changing) {
            return Optional.empty();
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    private Optional<Set<Integer>> ports() throws Throwable {
        if (!((Collection<?>) unread.invokeExact()).isEmpty() || isCleanerAtWork()) {
            return Optional.empty();
        }
        Set<Integer> ports = new HashSet<>();
        for (Object entries : List.copyOf(((Map<?, ?>) cache.invokeExact()).values())) {
            for (Object entry : new ArrayList<>((Collection<?>) entries)) {
                Socket kept = (Socket) socket.invokeExact((Object) client.invokeExact(entry));
                if (kept != null) {
                    ports.add(kept.getLocalPort());
                }
            }
        }
        return Optional.of(ports);
    }

    /**
     * Whether the thread that gives connections back is at work. Asked after its queue and before the cache, so that a
     * connection on its way is seen in one of the three.
     */
    private boolean isCleanerAtWork() throws Throwable {
        @Nullable Thread thread = (Thread) cleaner.invokeExact();
        return thread != null
                && thread.isAlive()
                && Stream.of(thread.getStackTrace())
                        .noneMatch(frame -> frame.getMethodName().startsWith("await"));
    }
}
