package dev.asyncloop.jdk;

import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjIntConsumer;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import org.jspecify.annotations.Nullable;

/**
 * The places in the JDK where descriptors are opened and closed, edited so that they call {@link DescriptorEvents}.
 *
 * <p>Nearly all descriptors have a {@link FileDescriptor}; the others are opened by the calls listed here. Some channels
 * are listed because nothing closes their descriptor when they are lost, and the streams of {@code java.io} because a cleaner closes
 * it by its number: that must be known before. Not seen are
 * descriptors that native code opens by itself, and the closing of one of the two that a directory stream has, which is
 * noticed when its number is used again.
 */
final class DescriptorHooks {

    /** Name that {@link DescriptorEvents} has in {@code java.base}. */
    static final String EVENTS = "java.io.AsyncloopDescriptorEvents";

    /** In which class, what happens, at which of its calls; the first is the one that there must be. */
    private static final List<DescriptorHook> HOOKS = """
        java.io.FileDescriptor                       constructed  <init>
        java.io.FileInputStream                      constructed  <init>
        java.io.FileOutputStream                     constructed  <init>
        java.io.RandomAccessFile                     constructed  <init>
        sun.nio.ch.SocketChannelImpl                 constructed  <init>
        sun.nio.ch.ServerSocketChannelImpl           constructed  <init>
        sun.nio.ch.SourceChannelImpl                 constructed  <init>
        sun.nio.ch.SinkChannelImpl                   constructed  <init>
        sun.nio.ch.SimpleAsynchronousFileChannelImpl constructed  <init>

        sun.nio.ch.EPollSelectorImpl                 opened       EPoll.create
        sun.nio.ch.EPollPort                         opened       EPoll.create
        sun.nio.ch.EPollPort                         opened       IOUtil.makePipe
        sun.nio.ch.EPollPoller                       opened       EPoll.create
        sun.nio.ch.EventFD                           opened       EventFD.eventfd0
        sun.nio.ch.PollSelectorImpl                  opened       IOUtil.makePipe
        sun.nio.fs.LinuxWatchService                 opened       LinuxWatchService.inotifyInit
        sun.nio.fs.LinuxWatchService                 opened       LinuxWatchService.socketpair
        sun.nio.fs.UnixFileSystemProvider            opened       UnixNativeDispatcher.open
        sun.nio.fs.UnixFileSystemProvider            opened       UnixNativeDispatcher.dup
        sun.nio.fs.UnixSecureDirectoryStream         opened       UnixNativeDispatcher.openat
        sun.nio.fs.UnixSecureDirectoryStream         opened       UnixNativeDispatcher.dup

        java.io.FileDescriptor                       closing      FileDescriptor.close0
        java.io.FileCleanable                        closing      FileCleanable.fd
        sun.nio.ch.UnixDispatcher                    closing      UnixDispatcher.close0
        sun.nio.ch.EPollSelectorImpl                 closing      FileDispatcherImpl.closeIntFD
        sun.nio.ch.EPollPort                         closing      FileDispatcherImpl.closeIntFD
        sun.nio.ch.EventFD                           closing      FileDispatcherImpl.closeIntFD
        sun.nio.ch.PollSelectorImpl                  closing      FileDispatcherImpl.closeIntFD
        sun.nio.fs.UnixNativeDispatcher              closing      UnixNativeDispatcher.close0
        """.lines()
            .filter(line -> !line.isBlank())
            .map(DescriptorHook::parse)
            .toList();

    private DescriptorHooks() {}

    /**
     * Edits the JDK; from then on the listeners are told. To be called once.
     *
     * @return the hooks for which this JDK has no place
     * @throws Throwable if package {@code java.io} is not open to us, or this JDK is too different
     */
    static List<DescriptorHook> install(
            Instrumentation instrumentation,
            ObjIntConsumer<@Nullable FileDescriptor> openings,
            ObjIntConsumer<@Nullable FileDescriptor> closings)
            throws Throwable {
        MethodHandles.Lookup javaIo = MethodHandles.privateLookupIn(FileDescriptor.class, MethodHandles.lookup());
        Class<?> events = javaIo.defineClass(eventsForJavaBase());
        List<DescriptorHook> missing = new ArrayList<>(HOOKS);
        missing.removeAll(edit(instrumentation));
        if (missing.contains(HOOKS.getFirst())) {
            throw new IllegalStateException("the constructors of FileDescriptor cannot be edited");
        }
        MethodType listeners = MethodType.methodType(void.class, ObjIntConsumer.class, ObjIntConsumer.class);
        javaIo.findStatic(events, "listen", listeners).invoke(openings, closings);
        return missing;
    }

    private static byte[] eventsForJavaBase() throws IOException {
        try (InputStream ours = DescriptorEvents.class.getResourceAsStream("DescriptorEvents.class")) {
            ClassWriter renamed = new ClassWriter(0);
            SimpleRemapper remapper = new SimpleRemapper(
                    Opcodes.ASM9, Type.getInternalName(DescriptorEvents.class), EVENTS.replace('.', '/'));
            new ClassReader(ours).accept(new ClassRemapper(renamed, remapper), 0);
            return renamed.toByteArray();
        }
    }

    private static Collection<DescriptorHook> edit(Instrumentation instrumentation) throws UnmodifiableClassException {
        // All classes are there before the transformer is, which would be asked about each that it makes the JVM load.
        Map<Class<?>, List<DescriptorHook>> hooks = new HashMap<>();
        for (DescriptorHook hook : HOOKS) {
            try {
                Class<?> target = Class.forName(hook.target(), false, null);
                hooks.computeIfAbsent(target, none -> new ArrayList<>()).add(hook);
            } catch (ClassNotFoundException otherSystem) {
                continue; // such as one without epoll
            }
        }
        Transformer transformer = new Transformer(hooks);
        instrumentation.addTransformer(transformer, true);
        try {
            instrumentation.retransformClasses(hooks.keySet().toArray(Class<?>[]::new));
        } finally {
            instrumentation.removeTransformer(transformer);
        }
        return transformer.inserted;
    }

    private static final class Transformer implements ClassFileTransformer {

        private final Map<Class<?>, List<DescriptorHook>> hooks;
        private final Set<DescriptorHook> inserted = ConcurrentHashMap.newKeySet();

        Transformer(Map<Class<?>, List<DescriptorHook>> hooks) {
            this.hooks = hooks;
        }

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> target,
                @Nullable ProtectionDomain domain,
                byte[] code) {
            List<DescriptorHook> here = target == null ? null : hooks.get(target);
            if (here == null) {
                return null;
            }
            ClassReader reader = new ClassReader(code);
            ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
            reader.accept(new HookInserter(writer, here, inserted), 0);
            return writer.toByteArray();
        }
    }
}
