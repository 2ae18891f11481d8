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
 * The moment at which a descriptor was opened. It is the same object for as long as the descriptor is open. It refers
 * to the descriptor's object, if there is one, but does not keep it. Any thread.
 */
public final class Opening extends WeakReference<@Nullable FileDescriptor> implements Charged {

    private static final AtomicLong COUNT = new AtomicLong();

    private final long order = COUNT.getAndIncrement();

    /**
     * The whole stack, since a class initialiser may be far down. This takes half the time of a walk over the first
     * frames.
     */
    private final CallStack stack = CallStack.current();

    private final String threadName = Thread.currentThread().getName();

    /** Whether only its number is known, since it has no object. */
    private final boolean byNumber;

    private final long thread = Thread.currentThread().threadId();

    private final long eldestThread = ThreadOrigins.eldest();

    private final @Nullable Owner atWork;

    /**
     * What the thread worked for. Its owner is found later: that needs the names of frames, which cost too much here.
     */
    private final @Nullable Beginning worksFor;

    /** Whose it is by who holds it; nobody's if the whole run holds it, null while it is its opener's. */
    private volatile @Nullable Owner given;

    /** Null until somebody asks, since naming the frames costs more than taking them. */
    private volatile @Nullable Boolean ofDirectory;

    /** Whether only the garbage collector closed it. Set before the register forgets it. */
    private volatile boolean collected;

    /** Whether it was told as a leak. */
    private volatile boolean told;

    /** Set by the thread that closes the descriptor, before it removes this from the register. */
    volatile boolean closed;

    /** The current thread opens a descriptor. {@code atWork} or {@code worksFor} may say who is charged. */
    Opening(@Nullable FileDescriptor descriptor, @Nullable Owner atWork, @Nullable Beginning worksFor) {
        super(descriptor);
        this.byNumber = descriptor == null;
        this.atWork = atWork;
        this.worksFor = worksFor;
    }

    /** Of two openings with the same number, the one that has it now. */
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

    void setCollected() {
        collected = true;
    }

    /** Whether only the garbage collector closed it. */
    public boolean isCollected() {
        return collected;
    }

    /** Notes that it was told as a leak. */
    public void setTold() {
        told = true;
    }

    /** Whether it was told as a leak. */
    public boolean isTold() {
        return told;
    }

    /** The id of the thread that opened it. */
    public long thread() {
        return thread;
    }

    /**
     * The id of the eldest thread that it can be traced to: the one that opened it, or a thread without an owner that
     * started that one, perhaps through others. A thread has a greater id than all that were made before.
     */
    public long eldestThread() {
        return eldestThread;
    }

    /** Who is charged with it, unless it is {@link #sessionWide}; null if its thread worked for nobody known. */
    public @Nullable Owner owner() {
        Owner holder = given;
        if (holder != null) {
            return holder == Beginning.NOBODY ? null : holder;
        }
        return worksFor == null ? atWork : worksFor.owner();
    }

    @Override
    public void give(Owner owner) {
        given = owner;
    }

    @Override
    public void keep() {
        given = Beginning.NOBODY;
    }

    @Override
    public boolean isThere() {
        return !closed && DescriptorOrigins.all().containsValue(this);
    }

    /** Whether it is nobody's, since the whole run holds it. */
    public boolean isKept() {
        return given == Beginning.NOBODY;
    }

    /** Whether only its number is known, since it has no object of its own. */
    public boolean isByNumber() {
        return byNumber;
    }

    /** The beginning of the thread or executor that opened it; null if that is not known. */
    public @Nullable Beginning openedBy() {
        return worksFor;
    }

    /**
     * Whether a class initialiser or the loading of a class or service opened it. That happens only once, in whichever
     * test comes first.
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

    /** Whether it is one of the two descriptors of a directory stream. No hook sees the closing of one of them. */
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
