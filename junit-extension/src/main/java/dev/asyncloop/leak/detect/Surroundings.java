package dev.asyncloop.leak.detect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the code of a test or class may keep things. Asked on the thread that closes an account. */
public interface Surroundings {

    /** Of whom nothing is known, such as a loop that classes share. */
    Surroundings NONE = new Surroundings() {};

    /** The class whose static fields live as long as the owner; null if the owner is no class. */
    default @Nullable Class<?> type() {
        return null;
    }

    /** The objects that live as long as the owner, such as the instance that all tests of a class share. */
    default List<Object> instances() {
        return List.of();
    }

    /** The objects that end with the owner although others may refer to them, such as the instance of a test. */
    default List<Object> ending() {
        return List.of();
    }

    /** The object in whose store extensions keep what lives as long as the owner; null if there is none. */
    default @Nullable Object store() {
        return null;
    }

    /** The object in whose store extensions keep what lives as long as the run; null if there is none. */
    default @Nullable Object storeOfRun() {
        return null;
    }
}
