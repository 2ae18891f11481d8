package dev.asyncloop.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MethodHandles;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import org.jspecify.annotations.Nullable;

/** Puts hooks into classes of the JDK, and a class that they call beside them. */
final class JdkEditor {

    private JdkEditor() {}

    /** Defines a copy of {@code template}, of that full name, in the package that {@code inside} sees the inside of. */
    static Class<?> define(Class<?> template, String name, MethodHandles.Lookup inside)
            throws IOException, IllegalAccessException {
        try (InputStream ours = template.getResourceAsStream(template.getSimpleName() + ".class")) {
            ClassWriter renamed = new ClassWriter(0);
            SimpleRemapper remapper =
                    new SimpleRemapper(Opcodes.ASM9, Type.getInternalName(template), name.replace('.', '/'));
            new ClassReader(ours).accept(new ClassRemapper(renamed, remapper), 0);
            return inside.defineClass(renamed.toByteArray());
        }
    }

    /**
     * Inserts calls of the class {@code events}.
     *
     * @return the hooks for which this JDK has no place
     */
    static List<DescriptorHook> edit(Instrumentation instrumentation, List<DescriptorHook> hooks, String events)
            throws UnmodifiableClassException {
        // All classes are there before the transformer is, which would be asked about each that it makes the JVM load.
        Map<Class<?>, List<DescriptorHook>> byTarget = new HashMap<>();
        for (DescriptorHook hook : hooks) {
            try {
                Class<?> target = Class.forName(hook.target(), false, null);
                byTarget.computeIfAbsent(target, none -> new ArrayList<>()).add(hook);
            } catch (ClassNotFoundException otherSystem) {
                continue; // such as one without epoll
            }
        }
        Transformer transformer = new Transformer(byTarget, events);
        instrumentation.addTransformer(transformer, true);
        try {
            instrumentation.retransformClasses(byTarget.keySet().toArray(Class<?>[]::new));
        } finally {
            instrumentation.removeTransformer(transformer);
        }
        return hooks.stream()
                .filter(hook -> !transformer.inserted.contains(hook))
                .toList();
    }

    private static final class Transformer implements ClassFileTransformer {

        private final Map<Class<?>, List<DescriptorHook>> hooks;
        private final String events;
        private final Set<DescriptorHook> inserted = ConcurrentHashMap.newKeySet();

        Transformer(Map<Class<?>, List<DescriptorHook>> hooks, String events) {
            this.hooks = hooks;
            this.events = events;
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
            reader.accept(new HookInserter(writer, here, events, inserted), 0);
            return writer.toByteArray();
        }
    }
}
