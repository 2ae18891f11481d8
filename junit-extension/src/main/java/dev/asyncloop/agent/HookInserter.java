package dev.asyncloop.agent;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Inserts the calls of one class's hooks.
 *
 * <p>A hook that tells copies the top of the stack and passes it on. So no stack frame changes, and no other class has
 * to be loaded.
 */
final class HookInserter extends ClassVisitor {

    /** Where a class file has its version, minor and major. */
    private static final int VERSION = Integer.BYTES;

    /** How many stack slots a call needs at most. */
    private static final int LARGEST_COPY = 2;

    private static final Type OBJECT = Type.getType(Object.class);

    private final List<Hook> hooks;
    private final Collection<Hook> left;
    private final boolean everywhere;

    /**
     * The code of a class with its hooks. The version of the class file is hidden from the reader: a reader refuses
     * class files of a JDK that is newer than itself.
     *
     * @param left the hooks without a place; those that find one are removed from it
     * @param everywhere whether to look for calls in all methods, which takes longer
     */
    static byte[] edited(byte[] code, List<Hook> hooks, Collection<Hook> left, boolean everywhere) {
        byte[] readable = code.clone();
        ByteBuffer.wrap(readable).putInt(VERSION, Opcodes.V17);
        ClassReader reader = new ClassReader(readable);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new HookInserter(writer, hooks, left, everywhere), 0);
        byte[] edited = writer.toByteArray();
        ByteBuffer.wrap(edited).putInt(VERSION, ByteBuffer.wrap(code).getInt(VERSION));
        return edited;
    }

    private HookInserter(ClassVisitor next, List<Hook> hooks, Collection<Hook> left, boolean everywhere) {
        super(Opcodes.ASM9, next);
        this.hooks = hooks;
        this.left = left;
        this.everywhere = everywhere;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        for (Hook hook : hooks) {
            if (hook.place().isIn(name) || everywhere && hook.place().isCall()) {
                return new Body(next, name, descriptor);
            }
        }
        return next; // so the method is copied as it is, which is quick
    }

    private final class Body extends MethodVisitor {

        private final String method;
        private final String descriptor;

        Body(MethodVisitor next, String method, String descriptor) {
            super(Opcodes.ASM9, next);
            this.method = method;
            this.descriptor = descriptor;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            for (Hook hook : hooks) {
                if (hook.place().isBeginningOf(method, descriptor) && hook instanceof Hook.Tell tell) {
                    for (int local : hook.place().locals()) {
                        super.visitVarInsn(Opcodes.ALOAD, local);
                    }
                    call(tell, OBJECT, OBJECT);
                }
            }
        }

        @Override
        public void visitInsn(int opcode) {
            for (Hook hook : hooks) {
                if (isReturn(opcode) && hook.place().isEndOf(method) && hook instanceof Hook.Tell tell) {
                    super.visitVarInsn(Opcodes.ALOAD, 0);
                    call(tell, OBJECT);
                }
            }
            super.visitInsn(opcode);
            for (Hook hook : hooks) {
                if (opcode == Opcodes.AALOAD && hook.place().isReadIn(method) && hook instanceof Hook.Tell tell) {
                    callWithCopy(tell, OBJECT);
                }
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            super.visitFieldInsn(opcode, owner, name, descriptor);
            Hook hook = opcode == Opcodes.GETFIELD ? markedBy(owner, name) : null;
            if (hook instanceof Hook.Tell tell) {
                callWithCopy(tell, Type.getType(descriptor));
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            Hook hook = markedBy(owner, name);
            if (hook instanceof Hook.Tell tell) {
                callAndTell(tell, opcode, owner, name, descriptor, isInterface);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            }
        }

        /**
         * Inserts a hook around a call. It passes on what the call returns. If that is nothing, or the hook comes
         * before the call, it passes on the last argument; without arguments, the object.
         */
        private void callAndTell(
                Hook.Tell hook, int opcode, String owner, String name, String descriptor, boolean isInterface) {
            Type[] arguments = Type.getArgumentTypes(descriptor);
            Type last = arguments.length > 0 ? arguments[arguments.length - 1] : Type.getObjectType(owner);
            Type result = Type.getReturnType(descriptor);
            if (hook.moment() == Hook.Moment.BEFORE) {
                callWithCopy(hook, last);
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            } else if (result.getSort() == Type.VOID) {
                copy(last);
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                call(hook, last);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                callWithCopy(hook, result);
            }
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(maxStack + LARGEST_COPY, maxLocals);
        }

        private @Nullable Hook markedBy(String owner, String name) {
            for (Hook hook : hooks) {
                if (hook.place().isMarkedBy(owner, name)) {
                    return hook;
                }
            }
            return null;
        }

        private void callWithCopy(Hook.Tell hook, Type argument) {
            copy(argument);
            call(hook, argument);
        }

        private static boolean isReturn(int opcode) {
            return opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
        }

        private void copy(Type top) {
            super.visitInsn(top.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP);
        }

        private void call(Hook.Tell hook, Type... arguments) {
            String called = Type.getMethodDescriptor(Type.VOID_TYPE, arguments);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, hook.receiver().replace('.', '/'), hook.event(), called, false);
            left.remove(hook);
        }
    }
}
