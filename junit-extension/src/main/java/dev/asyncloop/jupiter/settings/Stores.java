package dev.asyncloop.jupiter.settings;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** Keeps in JUnit's stores what JUnit is to close. Before 5.13 it closes only what has a type of its own. */
public final class Stores {

    private static final boolean CLOSE_ALL =
            OldJUnit.isThere("org.junit.jupiter.api.extension.ExtensionContext$StoreScope");

    private Stores() {}

    /**
     * What {@code store} has at {@code key}; if it has nothing there, what {@code creator} makes, which JUnit then
     * closes.
     */
    public static <T extends AutoCloseable> T get(
            Store store, Object key, Class<T> type, Supplier<? extends T> creator) {
        T value = store.getOrComputeIfAbsent(key, none -> creator.get(), type);
        if (!CLOSE_ALL) {
            store.getOrComputeIfAbsent(value, Stores::closer);
        }
        return value;
    }

    @SuppressWarnings("deprecation") // it is what older ones have
    private static CloseableResource closer(AutoCloseable value) {
        return value::close;
    }
}
