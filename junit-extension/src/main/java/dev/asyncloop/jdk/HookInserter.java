package dev.asyncloop.jdk;

import java.util.Collection;
import java.util.List;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Inserts the calls of one class's hooks.
 *
 * <p>Each copies what is on top of the stack and gives it away, so no frame changes and no class has to be looked at.
 */
final class HookInserter extends ClassVisitor {

    private final List<DescriptorHook> hooks;
    private final String events;
    private final Collection<DescriptorHook> inserted;

    /** Whether any method may have a place; all others are copied as they are, which is quick. */
    private final boolean calls;

    /** Inserts calls of class {@code events}; adds to {@code inserted} what has found its place. */
    HookInserter(ClassVisitor next, List<DescriptorHook> hooks, String events, Collection<DescriptorHook> inserted) {
        super(Opcodes.ASM9, next);
        this.hooks = hooks;
        this.events = events.replace('.', '/');
        this.inserted = inserted;
        this.calls = hooks.stream().anyMatch(hook -> !hook.member().equals(DescriptorHook.CONSTRUCTORS));
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        return calls || name.equals(DescriptorHook.CONSTRUCTORS) ? new Body(next, name) : next;
    }

    private final class Body extends MethodVisitor {

        private final String method;

        Body(MethodVisitor next, String method) {
            super(Opcodes.ASM9, next);
            this.method = method;
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.RETURN && method.equals(DescriptorHook.CONSTRUCTORS)) {
                for (DescriptorHook hook : hooks) {
                    if (hook.member().equals(DescriptorHook.CONSTRUCTORS)) {
                        super.visitVarInsn(Opcodes.ALOAD, 0);
                        call(hook, Type.getType(Object.class));
                    }
                }
            }
            super.visitInsn(opcode);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            super.visitFieldInsn(opcode, owner, name, descriptor);
            DescriptorHook hook = opcode == Opcodes.GETFIELD ? markedBy(owner, name) : null;
            if (hook != null) {
                callWithCopy(hook, Type.getType(descriptor));
            }
        }

        /** What is given away is what the call returns; where it returns nothing, its last argument, or its object. */
        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            DescriptorHook hook = markedBy(owner, name);
            if (hook == null) {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                return;
            }
            Type[] arguments = Type.getArgumentTypes(descriptor);
            Type last = arguments.length > 0 ? arguments[arguments.length - 1] : Type.getObjectType(owner);
            Type result = Type.getReturnType(descriptor);
            if (hook.comesFirst()) {
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

        private @Nullable DescriptorHook markedBy(String owner, String name) {
            for (DescriptorHook hook : hooks) {
                if (hook.isMarkedBy(owner, name)) {
                    return hook;
                }
            }
            return null;
        }

        private void callWithCopy(DescriptorHook hook, Type argument) {
            copy(argument);
            call(hook, argument);
        }

        private void copy(Type top) {
            super.visitInsn(top.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP);
        }

        private void call(DescriptorHook hook, Type argument) {
            String descriptor = Type.getMethodDescriptor(Type.VOID_TYPE, argument);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, events, hook.event(), descriptor, false);
            inserted.add(hook);
        }
    }
}
