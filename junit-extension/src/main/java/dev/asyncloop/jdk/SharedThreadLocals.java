package dev.asyncloop.jdk;

import dev.asyncloop.agent.JdkAccess;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Lets a virtual thread use the thread-locals of the platform thread that drives its loop. So a Spring transaction, an
 * MDC or a soft assertion of JUnit's thread is there in the test's body.
 *
 * <p>The driver lends both of its maps, and its context class loader. The two threads never run at the same time, since
 * the driver is the carrier of the borrower. Only the driver calls these methods, while the borrower is suspended.
 */
public final class SharedThreadLocals {

    private static final VarHandle THREAD_LOCALS;
    private static final VarHandle INHERITABLE_THREAD_LOCALS;
    private static final ThreadLocal<@Nullable Object> MAKES_MAP = new ThreadLocal<>();
    private static final ThreadLocal<@Nullable Object> MAKES_INHERITABLE_MAP = new InheritableThreadLocal<>();

    static {
        JdkAccess.ensureOpen();
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
            Class<?> map = Class.forName("java.lang.ThreadLocal$ThreadLocalMap");
            THREAD_LOCALS =
                    lookup.findVarHandle(Thread.class, "threadLocals", map).withInvokeBehavior();
            INHERITABLE_THREAD_LOCALS = lookup.findVarHandle(Thread.class, "inheritableThreadLocals", map)
                    .withInvokeBehavior();
        } catch (ReflectiveOperationException unknownJdk) {
            throw new IllegalStateException("asyncloop does not know this JDK: " + Runtime.version(), unknownJdk);
        }
    }

    private SharedThreadLocals() {}

    /** Gives {@code borrower} the thread-locals of the current platform thread, until {@link #takeBack}. */
    public static void lend(Thread borrower) {
        Thread driver = Thread.currentThread();
        // A thread's map is made when it is first asked for a value; a borrower of no map would make one of its own.
        MAKES_MAP.get();
        MAKES_INHERITABLE_MAP.get();
        THREAD_LOCALS.set(borrower, THREAD_LOCALS.get(driver));
        INHERITABLE_THREAD_LOCALS.set(borrower, INHERITABLE_THREAD_LOCALS.get(driver));
        borrower.setContextClassLoader(driver.getContextClassLoader());
    }

    /** Ends the loan: the current thread keeps what was set, {@code borrower} starts with nothing. */
    public static void takeBack(Thread borrower) {
        Thread driver = Thread.currentThread();
        if (THREAD_LOCALS.get(borrower) == THREAD_LOCALS.get(driver)) {
            driver.setContextClassLoader(borrower.getContextClassLoader());
            THREAD_LOCALS.set(borrower, null);
            INHERITABLE_THREAD_LOCALS.set(borrower, null);
        }
    }
}
