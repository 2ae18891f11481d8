package dev.asyncloop.registers;

import dev.asyncloop.jdk.DescriptorFrames;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.CallStack;
import java.io.FileDescriptor;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The moment at which a descriptor was opened; the same object for as long as it is open. Refers to the descriptor's
 * object, if it has one, but does not keep it. Any thread.
 */
public final class Opening extends WeakReference<@Nullable FileDescriptor> {

    private static final AtomicLong COUNT = new AtomicLong();

    private final long order = COUNT.getAndIncrement();

    /**
     * Taken in half the time that a walk over its first frames needs, and whole: a class initialiser may be far down.
     */
    private final CallStack stack = CallStack.current();

    private final String threadName = Thread.currentThread().getName();

    private final @Nullable Owner atWork;

    /** What the thread worked for. Whose that is can only be told by naming frames, which is too much for now. */
    private final @Nullable Beginning worksFor;

    /** Null until somebody asks: to name the frames costs more than to take them. */
    private volatile @Nullable Boolean ofDirectory;

    /** Set by the thread that closes the descriptor, before it removes this from the register. */
    volatile boolean closed;

    /** By the current thread. One of the two may say who is charged; null where it does not. */
    Opening(@Nullable FileDescriptor descriptor, @Nullable Owner atWork, @Nullable Beginning worksFor) {
        super(descriptor);
        this.atWork = atWork;
        this.worksFor = worksFor;
    }

    /** Of two that have the same number: the one that has it now. */
    static Opening later(Opening one, Opening other) {
        return one.order > other.order ? one : other;
    }

    /** The stack as it was when the JDK's own code called us, innermost frame first. */
    public List<StackTraceElement> stack() {
        return stack.outsideOf(JdkEvents.OF_DESCRIPTORS);
    }

    /** Whether it may have an owner. */
    boolean isCharged() {
        return atWork != null || worksFor != null;
    }

    /** May be empty, as virtual threads' names are. */
    public String threadName() {
        return threadName;
    }

    /** To whom it is charged, unless it is {@link #sessionWide}; null if its thread worked for nobody that is known. */
    public @Nullable Owner owner() {
        return worksFor == null ? atWork : worksFor.owner();
    }

    /**
     * Whether a class initialiser or the loading of a class or service opened it: something that happens once and for
     * all, in whichever test comes first.
     */
    public boolean sessionWide() {
        if (stack.isInClassInitialiser()) {
            return true;
        }
        for (StackTraceElement frame : stack.frames()) {
            if (DescriptorFrames.opensForAll(frame)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether it is one of a directory stream's two descriptors, of which the system closes one where no hook sees it.
     */
    public boolean mayCloseUnseen() {
        Boolean known = ofDirectory;
        if (known == null) {
            List<StackTraceElement> frames = stack();
            known = !frames.isEmpty() && DescriptorFrames.opensDirectory(frames.get(0));
            ofDirectory = known;
        }
        return known;
    }
}
