package dev.asyncloop.leak.descriptors;

import dev.asyncloop.jdk.DescriptorFrames;
import dev.asyncloop.jdk.JdkThreads;
import dev.asyncloop.jdk.JvmFiles;
import dev.asyncloop.leak.exclusions.Exclusions;
import dev.asyncloop.leak.exclusions.What;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Recognises what the JVM and the test runner open for themselves while tests run. Each rule excuses one sort. */
final class DescriptorNoise {

    private static final Set<String> OTHER_DEVICES = Set.of("/dev/null", "/dev/tty");
    private static final int ENDS_OF_A_PIPE = 2;

    private final ClassPathFiles classPath;
    private final Path self;

    /** Gives the names of the live threads. */
    private final Supplier<Stream<String>> threads;

    private final SharedLoops sharedLoops;

    private final Set<String> leftByWarmUp = new CopyOnWriteArraySet<>();
    private final Set<Integer> connectionOfAwt = new HashSet<>(); // under this object's lock, like the next
    private final Set<Integer> pipeOfAwt = new HashSet<>();

    DescriptorNoise(ClassPathFiles classPath, Path self) {
        this(classPath, self, LiveThreads::names);
    }

    DescriptorNoise(ClassPathFiles classPath, Path self, Supplier<Stream<String>> threads) {
        this.classPath = classPath;
        this.self = self;
        this.threads = threads;
        this.sharedLoops = new SharedLoops(threads);
    }

    /** Excuses a descriptor that the warm-up left open: it is the JDK's own. */
    void excuse(Descriptor opened) {
        if (opened.isSocket()) {
            leftByWarmUp.add(opened.target());
        }
    }

    /** Whether the JDK keeps that file open until the JVM ends, once it has opened it. */
    boolean isKeptForGood(String path) {
        return JvmFiles.isRandomDevice(path) || classPath.names(path);
    }

    boolean isNoise(Descriptor descriptor) {
        return isDevice(descriptor)
                || isClassPathFile(descriptor)
                || isPreCloseMarker(descriptor)
                || isPoller(descriptor)
                || isAttachListener(descriptor)
                || isFlightRecorderFile(descriptor)
                || isPerformanceData(descriptor)
                || isTemporaryFileOfATool(descriptor)
                || isKeptByTheJdk(descriptor)
                || isKeptByAwt(descriptor)
                || sharedLoops.have(descriptor);
    }

    /** The JDK's random number generators keep their devices open. Terminals and the null device hold nothing. */
    private static boolean isDevice(Descriptor descriptor) {
        return JvmFiles.isRandomDevice(descriptor.target())
                || OTHER_DEVICES.contains(descriptor.target())
                || descriptor.target().startsWith("/dev/pts/");
    }

    /** A class loader opens an archive when it first looks into it, and keeps it open. */
    private boolean isClassPathFile(Descriptor descriptor) {
        return descriptor.hasPath() && classPath.contains(descriptor.path());
    }

    /**
     * When a socket is closed while a thread uses it, it becomes a copy of the JDK's marker until that thread has left
     * it.
     */
    private boolean isPreCloseMarker(Descriptor descriptor) {
        return leftByWarmUp.contains(descriptor.target());
    }

    /**
     * Whether it is an epoll by which virtual threads wait for sockets. A selector's epoll also watches its own wake-up
     * descriptor; these do not.
     */
    boolean isPoller(Descriptor descriptor) {
        if (!descriptor.isAnonymous("eventpoll")) {
            return false;
        }
        for (int watched : DescriptorInfo.read(self, descriptor.number()).watched()) {
            if (DescriptorInfo.isWakeUp(self, watched)) {
                return false;
            }
        }
        return true;
    }

    /** The JVM's socket for tools that attach to it. */
    private boolean isAttachListener(Descriptor descriptor) {
        return descriptor.isSocket()
                && descriptor.origin() == null
                && socket(descriptor) instanceof SocketTable.Entry entry
                && JvmFiles.isAttachSocket(entry.unixPath());
    }

    /** Flight Recorder keeps the files of its recordings open. */
    private boolean isFlightRecorderFile(Descriptor descriptor) {
        Path recordings = JvmFiles.recordings();
        return recordings != null && (descriptor.path() + "/").startsWith(ClassPathFiles.real(recordings) + "/");
    }

    /** The file of the JVM's counters for jstat and jps. */
    private boolean isPerformanceData(Descriptor descriptor) {
        return JvmFiles.isPerformanceData(descriptor.path());
    }

    /** The entry of the socket in the system's lists; null if it has none. */
    private SocketTable.@Nullable Entry socket(Descriptor socket) {
        return SocketTable.read(self.resolve("net")).find(socket.inodeInBrackets());
    }

    /**
     * Runners and agents keep some files open for the whole JVM. Native code opens these, so their creator is unknown.
     */
    private static boolean isTemporaryFileOfATool(Descriptor descriptor) {
        String folder = ClassPathFiles.real(Path.of(System.getProperty("java.io.tmpdir"))) + "/";
        return descriptor.path().startsWith(folder)
                && Exclusions.contain(What.TEMPORARY, descriptor.path().substring(folder.length()));
    }

    /** Only the JDK itself can close these. What is opened by code that the JDK calls is not excused. */
    private static boolean isKeptByTheJdk(Descriptor descriptor) {
        return descriptor.origin() != null
                && DescriptorFrames.isKept(descriptor.origin().stack());
    }

    /** For the first window, native code opens a connection to the X server and a pipe, and keeps both open. */
    private synchronized boolean isKeptByAwt(Descriptor descriptor) {
        return descriptor.origin() == null
                && (descriptor.isPipe() || descriptor.isSocket())
                && threads.get().anyMatch(JdkThreads::isNameOfAwt)
                && (descriptor.isPipe()
                        ? SharedLoops.isAmong(pipeOfAwt, ENDS_OF_A_PIPE, descriptor)
                        : socket(descriptor) instanceof SocketTable.Entry entry
                                && entry.unix()
                                && SharedLoops.isAmong(connectionOfAwt, 1, descriptor));
    }
}
