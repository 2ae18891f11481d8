package dev.asyncloop.jdk;

import java.lang.System.Logger.Level;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Tells which futures {@code CompletableFuture.allOf} and {@code anyOf} look at: they read what is done already without calling any
 * method of it.
 *
 * <p>From {@link #install} on, where the JVM lets us edit the JDK: with {@code -javaagent}, or attached to ourselves. Any thread.
 */
public final class CombinedFutures {

    private static final System.Logger LOGGER = System.getLogger("dev.asyncloop");

    private static final String EVENTS = "java/util/concurrent/AsyncloopCombinedFutureEvents";

    /** The methods that read the elements of an array of futures: that of {@code allOf}, and {@code anyOf} itself. */
    private static final Set<String> READERS = Set.of("andTree", "anyOf");

    private static volatile Consumer<Object> listener = future -> {};
    private static volatile boolean seen;
    private static boolean refused; // under the class's monitor

    private CombinedFutures() {}

    /** Whether each of them is told of from now on. */
    public static boolean areSeen() {
        return seen;
    }

    /** Sets who is told of each future that is about to be looked at; it must not throw. */
    public static void listen(Consumer<Object> told) {
        listener = told;
    }

    /** Edits the JDK, once. Never throws; returns whether it is edited. */
    public static synchronized boolean install() {
        if (seen || refused) {
            return seen;
        }
        Instrumentation instrumentation = JdkAccess.instrumentation();
        if (instrumentation == null) {
            return false; // not refused: one may be attached yet
        }
        try {
            edit(instrumentation);
            seen = true;
        } catch (Throwable unknownJdk) {
            refused = true;
            LOGGER.log(Level.INFO, "asyncloop: task exceptions are logged, and fail no test: " + unknownJdk);
        }
        return seen;
    }

    private static void edit(Instrumentation instrumentation) throws Throwable {
        Class<?> target = CompletableFuture.class;
        JdkEditor.open(instrumentation, target.getPackageName());
        MethodHandles.Lookup inside = MethodHandles.privateLookupIn(target, MethodHandles.lookup());
        Class<?> events = JdkEditor.define(CombinedFutureEvents.class, EVENTS, inside);
        Consumer<Object> forward = future -> listener.accept(future);
        inside.findStatic(events, "listen", MethodType.methodType(void.class, Consumer.class))
                .invoke(forward);
        AtomicInteger readers = new AtomicInteger();
        JdkEditor.edit(instrumentation, Set.of(target.getName()), (same, writer) -> new Editor(writer, readers));
        if (readers.get() != READERS.size()) {
            throw new IllegalStateException("CompletableFuture.allOf is not as it was");
        }
    }

    /** Has each element that is loaded from an array told of: its copy is given away, so no frame changes. */
    private static final class Editor extends ClassVisitor {

        /** How many of the methods were found and edited. */
        private final AtomicInteger edited;

        Editor(ClassVisitor next, AtomicInteger edited) {
            super(Opcodes.ASM9, next);
            this.edited = edited;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return READERS.contains(name) ? new Reader(next) : next;
        }

        private final class Reader extends MethodVisitor {

            private boolean found;

            Reader(MethodVisitor next) {
                super(Opcodes.ASM9, next);
            }

            @Override
            public void visitInsn(int opcode) {
                super.visitInsn(opcode);
                if (opcode == Opcodes.AALOAD) {
                    super.visitInsn(Opcodes.DUP);
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, EVENTS, "read", "(Ljava/lang/Object;)V", false);
                    found = true;
                }
            }

            @Override
            public void visitEnd() {
                super.visitEnd();
                if (found) {
                    edited.getAndIncrement();
                }
            }
        }
    }
}
