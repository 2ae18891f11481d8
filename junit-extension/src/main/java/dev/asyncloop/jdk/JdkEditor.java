package dev.asyncloop.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;

/** Edits class files, and what the JDK lets us see of itself. */
final class JdkEditor {

    /** Where a class file has its version, minor and major. */
    private static final int VERSION = Integer.BYTES;

    /** The newest JDK of which tests have shown that each hook is told; of a newer one, who knows. */
    private static final int NEWEST_KNOWN = 27;

    private JdkEditor() {}

    /** Whether each hook was seen to be told on this JDK, so that it need not be tried again at each start. */
    static boolean knowsThisJdk() {
        return Runtime.version().feature() <= NEWEST_KNOWN;
    }

    /** Lets this module into packages of {@code java.base}. */
    static void open(Instrumentation instrumentation, String... packages) {
        Set<java.lang.Module> us = Set.of(JdkEditor.class.getModule());
        Map<String, Set<java.lang.Module>> opens = new HashMap<>();
        for (String each : packages) {
            opens.put(each, us);
        }
        instrumentation.redefineModule(Object.class.getModule(), Set.of(), Map.of(), opens, Set.of(), Map.of());
    }

    /** Defines a copy of {@code template}, of that full name, in the package that {@code inside} sees the inside of. */
    @SuppressWarnings("deprecation") // the constructor that a Byte Buddy has which the project's Mockito brings
    static Class<?> define(Class<?> template, String name, MethodHandles.Lookup inside)
            throws IOException, IllegalAccessException {
        try (InputStream ours = template.getResourceAsStream(template.getSimpleName() + ".class")) {
            SimpleRemapper remapper = new SimpleRemapper(Type.getInternalName(template), name.replace('.', '/'));
            return inside.defineClass(edited(ours.readAllBytes(), copy -> new ClassRemapper(copy, remapper)));
        }
    }

    /**
     * The code of a class, passed through a visitor. Its version is hidden from the reader, which refuses any that is newer than
     * itself; and it may be an old one, where the project has an old Byte Buddy.
     */
    static byte[] edited(byte[] code, UnaryOperator<ClassVisitor> visitor) {
        byte[] readable = code.clone();
        ByteBuffer.wrap(readable).putInt(VERSION, Opcodes.V17);
        ClassReader reader = new ClassReader(readable);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(visitor.apply(writer), 0);
        byte[] edited = writer.toByteArray();
        ByteBuffer.wrap(edited).putInt(VERSION, ByteBuffer.wrap(code).getInt(VERSION));
        return edited;
    }
}
