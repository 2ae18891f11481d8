package dev.asyncloop.jdk;

/** Throws a throwable as it is, checked or not, so that whoever awaits sees the original exception. */
public final class Sneaky {

    private Sneaky() {}

    /**
     * Throws {@code thrown}; never returns. To be called as {@code throw Sneaky.rethrow(x)}, so that the compiler
     * knows.
     */
    public static RuntimeException rethrow(Throwable thrown) {
        throw Sneaky.<RuntimeException>as(thrown);
    }

    @SuppressWarnings("unchecked") // erased: the cast never happens, which is the purpose
    private static <T extends Throwable> T as(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
