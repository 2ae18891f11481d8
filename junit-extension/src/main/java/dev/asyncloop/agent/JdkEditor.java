package dev.asyncloop.agent;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Puts classes of ours into the JDK, and lets us see its own. */
public final class JdkEditor {

    /** The newest JDK on which tests have shown that each hook works. */
    private static final int NEWEST_KNOWN = 27;

    // kinds of constants in a class file, as far as the templates have any
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;

    private JdkEditor() {}

    /** Whether tests have shown that each hook works on this JDK, so that it need not be tried again at each start. */
    public static boolean knowsThisJdk() {
        return Runtime.version().feature() <= NEWEST_KNOWN;
    }

    /** Lets this module into packages of {@code java.base}. */
    public static void open(Instrumentation instrumentation, String... packages) {
        Set<java.lang.Module> us = Set.of(JdkEditor.class.getModule());
        Map<String, Set<java.lang.Module>> opens = new HashMap<>();
        for (String each : packages) {
            opens.put(each, us);
        }
        instrumentation.redefineModule(Object.class.getModule(), Set.of(), Map.of(), opens, Set.of(), Map.of());
    }

    /** Defines a copy of {@code template} with the full name {@code name}, in the package of {@code inside}. */
    static Class<?> define(Class<?> template, String name, MethodHandles.Lookup inside)
            throws IOException, IllegalAccessException {
        try (InputStream ours = template.getResourceAsStream(template.getSimpleName() + ".class")) {
            return inside.defineClass(
                    renamed(ours.readAllBytes(), template.getName().replace('.', '/'), name.replace('.', '/')));
        }
    }

    /**
     * Replaces a name in all constants of a class file, also in the names of types. At a start this is quicker than a
     * visitor.
     */
    static byte[] renamed(byte[] code, String from, String to) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(code));
        ByteArrayOutputStream renamed = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(renamed);
        out.writeLong(in.readLong()); // magic number and version
        int count = in.readUnsignedShort();
        out.writeShort(count);
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            switch (tag) {
                case UTF8 -> out.writeUTF(in.readUTF().replace(from, to));
                case CLASS, STRING -> out.writeShort(in.readUnsignedShort());
                case INTEGER, FIELD, METHOD, INTERFACE_METHOD, NAME_AND_TYPE -> out.writeInt(in.readInt());
                default -> throw new IOException("a template has a constant of kind " + tag + ", which is not known");
            }
        }
        in.transferTo(out);
        return renamed.toByteArray();
    }
}
