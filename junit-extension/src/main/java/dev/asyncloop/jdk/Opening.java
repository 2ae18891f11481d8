package dev.asyncloop.jdk;

import java.io.FileDescriptor;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The moment at which a descriptor was opened; refers to the descriptor's object, if it has one, but does not keep it. */
final class Opening extends WeakReference<@Nullable FileDescriptor> implements DescriptorOrigins.Origin {

    private static final AtomicLong COUNT = new AtomicLong();

    /** Its two classes tell of the directories that they open, and of nothing else. */
    private static final String OPENS_DIRECTORIES = "sun.nio.fs.Unix";

    /** Where the JDK opens what all asynchronous channels share that name no group; nothing can close it. */
    private static final String DEFAULT_CHANNEL_GROUP = "defaultEventPort";

    private final long order = COUNT.getAndIncrement();

    /** Taken in half the time that a walk over its first frames needs, and whole: a class initialiser may be far down. */
    private final Throwable trace = new Throwable();

    private final String threadName = Thread.currentThread().getName();

    /** An owner, or a {@link Beginning}: whose that is can only be told by naming frames, which is too much for now. */
    private final @Nullable Object charge;

    /** Null until somebody asks: to name the frames costs more than to take them. */
    private volatile @Nullable Boolean ofDirectory;

    /** Set by the thread that closes the descriptor, before it removes this from the register. */
    volatile boolean closed;

    Opening(@Nullable FileDescriptor descriptor, @Nullable Object charge) {
        super(descriptor);
        this.charge = charge;
    }

    /** Of two that have the same number: the one that has it now. */
    static Opening later(Opening one, Opening other) {
        return one.order > other.order ? one : other;
    }

    @Override
    public List<StackTraceElement> stack() {
        List<StackTraceElement> frames = Arrays.asList(trace.getStackTrace());
        int ours = frames.size();
        while (ours > 0 && !frames.get(ours - 1).getClassName().equals(DescriptorHooks.EVENTS)) {
            ours--;
        }
        return List.copyOf(frames.subList(ours, frames.size()));
    }

    /** Whether it may have an owner. */
    boolean isCharged() {
        return charge != null;
    }

    @Override
    public String threadName() {
        return threadName;
    }

    @Override
    public @Nullable Object owner() {
        return charge instanceof Beginning beginning ? beginning.owner() : charge;
    }

    @Override
    public boolean sessionWide() {
        for (StackTraceElement frame : trace.getStackTrace()) {
            if (isSessionWide(frame)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean mayCloseUnseen() {
        Boolean known = ofDirectory;
        if (known == null) {
            known = stack().stream()
                    .limit(1)
                    .anyMatch(frame -> frame.getClassName().startsWith(OPENS_DIRECTORIES));
            ofDirectory = known;
        }
        return known;
    }

    private static boolean isSessionWide(StackTraceElement frame) {
        return frame.getMethodName().equals("<clinit>")
                || frame.getClassName().startsWith("jdk.internal.loader.")
                || frame.getClassName().startsWith("java.util.ServiceLoader")
                || (frame.getMethodName().equals(DEFAULT_CHANNEL_GROUP)
                        && frame.getClassName().startsWith("sun.nio.ch."));
    }
}
