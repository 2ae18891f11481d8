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

/** What the JVM and the test runner open for themselves while tests run; each rule excuses one thing. */
final class DescriptorNoise {

    private static final Set<String> OTHER_DEVICES = Set.of("/dev/null", "/dev/tty");
    private static final int ENDS_OF_A_PIPE = 2;

    private final ClassPathFiles classPath;
    private final Path self;

    /** The names of those that live. */
    private final Supplier<Stream<String>> threads;

    private final SharedLoops sharedLoops;

    private final Set<String> leftByWarmUp = new CopyOnWriteArraySet<>();
    private final Set<Integer> connectionOfAwt = new HashSet<>(); // under this object's lock, as the next
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

    /** Takes a descriptor that the warm-up left open for the JDK's own. */
    void excuse(Descriptor opened) {
        if (opened.isSocket()) {
            leftByWarmUp.add(opened.target());
        }
    }

    /** Whether the JDK, having opened that file, keeps it until the JVM ends. */
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

    /** The random number generators of the JDK keep theirs; the terminals and the null device hold nothing. */
    private static boolean isDevice(Descriptor descriptor) {
        return JvmFiles.isRandomDevice(descriptor.target())
                || OTHER_DEVICES.contains(descriptor.target())
                || descriptor.target().startsWith("/dev/pts/");
    }

    /** The class loaders open an archive when they first look into it, and keep it. */
    private boolean isClassPathFile(Descriptor descriptor) {
        return descriptor.hasPath() && classPath.contains(descriptor.path());
    }

    /** A socket closed under a thread that uses it becomes a copy of the JDK's marker until that thread has left. */
    private boolean isPreCloseMarker(Descriptor descriptor) {
        return leftByWarmUp.contains(descriptor.target());
    }

    /** By these epolls virtual threads wait for sockets; a selector's own watches its wake-up descriptor as well. */
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

    /** The JVM listens for tools. */
    private boolean isAttachListener(Descriptor descriptor) {
        return descriptor.isSocket()
                && socket(descriptor) instanceof SocketTable.Entry entry
                && JvmFiles.isAttachSocket(entry.unixPath());
    }

    /** Flight Recorder keeps its chunks. */
    private boolean isFlightRecorderFile(Descriptor descriptor) {
        Path recordings = JvmFiles.recordings();
        return recordings != null && (descriptor.path() + "/").startsWith(ClassPathFiles.real(recordings) + "/");
    }

    /** The JVM's counters for jstat and jps. */
    private boolean isPerformanceData(Descriptor descriptor) {
        return JvmFiles.isPerformanceData(descriptor.path());
    }

    /** What the system says of it; null where it says nothing. */
    private SocketTable.@Nullable Entry socket(Descriptor socket) {
        return SocketTable.read(self.resolve("net")).find(socket.inodeInBrackets());
    }

    /** Runners and agents keep some for the whole JVM. Native code opens them, so nobody sees their creator. */
    private static boolean isTemporaryFileOfATool(Descriptor descriptor) {
        String folder = ClassPathFiles.real(Path.of(System.getProperty("java.io.tmpdir"))) + "/";
        return descriptor.path().startsWith(folder)
                && Exclusions.contain(What.TEMPORARY, descriptor.path().substring(folder.length()));
    }

    /** Nobody else can close it; but for what code opened that the JDK has called. */
    private static boolean isKeptByTheJdk(Descriptor descriptor) {
        return descriptor.origin() != null
                && DescriptorFrames.isKept(descriptor.origin().stack());
    }

    /** For the first window native code opens a connection to the X server and a pipe, and keeps them. */
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
