package dev.asyncloop.jdk;

/** Throws a throwable as it is, checked or not, so that whoever awaits sees the original exception itself. */
public final class Sneaky {

    private Sneaky() {}

    /** Throws {@code thrown}; the result is for {@code throw Sneaky.rethrow(x)}, which tells the compiler so. */
    public static RuntimeException rethrow(Throwable thrown) {
        throw Sneaky.<RuntimeException>as(thrown);
    }

    @SuppressWarnings("unchecked") // erased: the cast never happens, which is the purpose
    private static <T extends Throwable> T as(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
