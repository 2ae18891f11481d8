package dev.asyncloop.samples.zoo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.asyncloop.loop.Asyncio;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.reactivex.rxjava3.core.Single;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What nobody has to close, though it starts threads or opens something that stays. */
final class InnocentWing extends Wing {

    InnocentWing() {
        showClean("common pool", () -> done(CompletableFuture.runAsync(() -> {}).get()));
        showClean(
                "parallel stream",
                () -> done(IntStream.range(0, 10_000).parallel().sum()));
        showClean(
                "orTimeout",
                () -> done(CompletableFuture.supplyAsync(() -> "hello")
                        .orTimeout(1, TimeUnit.HOURS)
                        .get()));
        showClean(
                "delayedExecutor",
                () -> done(CompletableFuture.runAsync(
                                () -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS))
                        .get()));
        showClean("toThread", () -> done(Asyncio.toThread(() -> "hello")));
        showClean("lost executor", () -> {
            Executors.newSingleThreadExecutor(); // which the garbage collector takes
            return done("");
        });
        showClean("SecureRandom", () -> done(SecureRandom.getInstanceStrong().nextInt()));
        showClean("connection that is kept alive", () -> done(read(LibraryWing.SERVER)));
        showClean("connection that is read to its end later", () -> done(skip(LibraryWing.SERVER)));
        showClean("connections of an HttpClient", () -> asked(HttpClient.newHttpClient()));
        showClean(
                "Reactor's shared scheduler",
                () -> done(Mono.delay(Duration.ofMillis(1)).block()));
        showClean(
                "Reactor's elastic scheduler",
                () -> done(Mono.fromCallable(() -> 42)
                        .subscribeOn(Schedulers.boundedElastic())
                        .block()));
        showClean(
                "RxJava's shared schedulers",
                () -> done(Single.timer(1, TimeUnit.MILLISECONDS)
                        .observeOn(io.reactivex.rxjava3.schedulers.Schedulers.io())
                        .blockingGet()));
        showClean(
                "Netty's global executor",
                () -> done(GlobalEventExecutor.INSTANCE.submit(() -> 42).get()));
        showClean("Netty group that ends by itself", () -> {
            EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
            group.submit(() -> {}).get();
            return group::shutdownGracefully; // in two seconds
        });
        showClean("RMI's port of objects that name none", () -> {
            Registry registry = LocateRegistry.createRegistry(0);
            return () -> UnicastRemoteObject.unexportObject(registry, true);
        });
        showClean("text in an image", () -> {
            draw("hello");
            return done("");
        });
        showClean("Caffeine's own executor and scheduler", () -> done(cached()));
        showClean("Awaitility's own executor", () -> {
            UtilityWing.waiting().pollDelay(Duration.ZERO).until(() -> true);
            return done("");
        });
    }

    private static AutoCloseable done(Object result) {
        return () -> {};
    }

    private static String read(String url) throws Exception {
        try (var in = URI.create(url).toURL().openStream()) {
            return new String(in.readAllBytes());
        }
    }

    private static int skip(String url) throws Exception {
        try (var in = URI.create(url).toURL().openStream()) {
            return in.available();
        }
    }

    private static HttpClient asked(HttpClient client) throws Exception {
        client.send(
                HttpRequest.newBuilder(URI.create(LibraryWing.SERVER)).build(), HttpResponse.BodyHandlers.ofString());
        return client;
    }

    private static void draw(String text) {
        try {
            new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB).createGraphics().drawString(text, 1, 1);
        } catch (RuntimeException | Error noFonts) {
            System.out.println("there are no fonts here: " + noFonts);
        }
    }

    private static int cached() {
        Cache<String, Integer> cache = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofHours(1))
                .scheduler(Scheduler.systemScheduler())
                .maximumSize(1)
                .build();
        cache.put("hello", 5);
        cache.put("world", 5);
        return cache.get("more", String::length);
    }
}
