package dev.asyncloop.leak.holders;

import static dev.asyncloop.leak.holders.Asking.NOBODY;
import static dev.asyncloop.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Cleaner;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.Principal;
import java.security.ProtectionDomain;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which references of the JDK's objects hold something. */
@Timeout(60)
class JdkReferencesTests {

    private static final String HELD = "OF_CLASS STATIC any";

    private FileInputStream file;

    @BeforeEach
    void open() throws IOException {
        file = new FileInputStream(
                Path.of(System.getProperty("java.home"), "release").toFile());
    }

    @AfterEach
    void close() throws IOException {
        file.close();
        Statics.any = null;
    }

    static class Statics {
        static Object any;
    }

    /** Who holds the file while a static field refers to {@code any}. */
    private String whoIfAStaticHas(Object any) {
        Statics.any = any;
        return Asking.in(Statics.class).who(file);
    }

    @Test
    void a_soft_or_weak_reference_holds_nothing() {
        assertThat(whoIfAStaticHas(new SoftReference<>(file))).isEqualTo(NOBODY);
        assertThat(whoIfAStaticHas(new WeakReference<>(file))).isEqualTo(NOBODY);
    }

    static class Weak extends WeakReference<Object> {
        final Object kept;

        Weak(ReferenceQueue<Object> queue, Object kept) {
            super(new Object(), queue);
            this.kept = kept;
        }
    }

    @Test
    void what_such_a_reference_has_besides_is_held() {
        assertThat(whoIfAStaticHas(new Weak(null, file))).isEqualTo(HELD);
    }

    @Test
    void a_queue_of_references_holds_nothing() {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        assertThat(new Weak(queue, file).enqueue()).isTrue();
        assertThat(whoIfAStaticHas(queue)).isEqualTo(NOBODY);
    }

    static class Phantom extends PhantomReference<Object> {
        final Object kept;

        Phantom(Object kept) {
            super(new Object(), new ReferenceQueue<>());
            this.kept = kept;
        }
    }

    @Test
    void what_cleans_up_holds_nothing() {
        FileInputStream captured = file;
        assertThat(whoIfAStaticHas(new Phantom(file))).isEqualTo(NOBODY);
        Cleaner cleaner = Cleaner.create();
        Cleaner.Cleanable cleanable =
                cleaner.register(this, () -> assertThat(captured).isNotNull());
        assertThat(whoIfAStaticHas(cleaner)).isEqualTo(NOBODY);
        assertThat(whoIfAStaticHas(cleanable)).isEqualTo(NOBODY);
    }

    @Test
    void a_value_of_a_thread_local_is_not_held() throws Exception {
        ThreadLocal<Object> local = new ThreadLocal<>();
        InheritableThreadLocal<Object> inherited = new InheritableThreadLocal<>();
        Object[] captured = {file};
        Thread thread = Thread.ofPlatform().start(() -> {
            local.set(captured[0]);
            inherited.set(captured[0]);
            captured[0] = null;
            LockSupport.park();
        });
        eventually("it is parked", () -> thread.getState() == Thread.State.WAITING);
        assertThat(whoIfAStaticHas(thread)).isEqualTo(NOBODY);
        assertThat(whoIfAStaticHas(local)).isEqualTo(NOBODY);
        LockSupport.unpark(thread);
        thread.join();
    }

    @Test
    void what_makes_the_values_of_a_thread_local_holds_nothing() {
        FileInputStream captured = file;
        assertThat(whoIfAStaticHas(ThreadLocal.withInitial(() -> captured))).isEqualTo(NOBODY);
    }

    static class Loader extends ClassLoader {
        Object kept;
    }

    @Test
    void a_class_loader_holds_nothing() {
        Loader loader = new Loader();
        loader.kept = file;
        assertThat(whoIfAStaticHas(loader)).isEqualTo(NOBODY);
    }

    @Test
    void causes_of_an_exception_are_held() {
        Exception failure = new Exception(new IllegalStateException());
        failure.addSuppressed(new Exception() {
            private final Object kept = file;
        });
        assertThat(whoIfAStaticHas(failure)).isEqualTo(HELD);
    }

    @Test
    void the_handler_of_a_proxy_is_held() {
        FileInputStream captured = file;
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Runnable.class}, (self, method, arguments) -> captured);
        assertThat(whoIfAStaticHas(proxy)).isEqualTo(HELD);
    }

    @Test
    void a_bound_method_handle_holds_nothing() throws Exception {
        assertThat(whoIfAStaticHas(MethodHandles.lookup()
                        .findVirtual(FileInputStream.class, "read", MethodType.methodType(int.class))
                        .bindTo(file)))
                .isEqualTo(NOBODY);
    }

    private class Handles extends Handler {
        final Object kept = file;

        @Override
        public void publish(LogRecord logged) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void a_logger_of_the_jdk_holds_nothing() {
        Logger logger = Logger.getAnonymousLogger();
        logger.addHandler(new Handles());
        assertThat(whoIfAStaticHas(logger)).isEqualTo(NOBODY);
    }

    /** What management looks at. */
    public interface BeanMBean {}

    private class Bean implements BeanMBean {
        final Object kept = file;
    }

    @Test
    void what_is_there_for_management_holds_nothing() throws Exception {
        FileInputStream captured = file;
        MBeanServer server = MBeanServerFactory.newMBeanServer();
        server.registerMBean(new Bean(), new ObjectName("asyncloop:name=bean"));
        assertThat(whoIfAStaticHas(server)).isEqualTo(NOBODY);
        NotificationBroadcasterSupport broadcaster = new NotificationBroadcasterSupport();
        broadcaster.addNotificationListener(
                (sent, handback) -> assertThat(captured).isNotNull(), null, null);
        assertThat(whoIfAStaticHas(broadcaster)).isEqualTo(NOBODY);
    }

    @Test
    void what_a_class_is_allowed_to_do_holds_nothing() {
        class Somebody implements Principal {
            final Object kept = file;

            @Override
            public String getName() {
                return "somebody";
            }
        }
        assertThat(whoIfAStaticHas(new ProtectionDomain(null, null, null, new Principal[] {new Somebody()})))
                .isEqualTo(NOBODY);
    }

    /** A class of the test that has the static fields of the JDK as its own, by inheritance. */
    static class IsAThread extends Thread {}

    @Test
    void static_fields_of_the_jdk_hold_nothing() {
        FileInputStream captured = file;
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, thrown) -> assertThat(captured).isNotNull());
        try {
            assertThat(Asking.in(Statics.class).who(file)).isEqualTo(NOBODY);
            assertThat(Asking.in(IsAThread.class).who(file)).isEqualTo(NOBODY);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }
}
