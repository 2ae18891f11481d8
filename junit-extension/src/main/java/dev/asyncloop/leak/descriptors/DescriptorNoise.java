package dev.asyncloop.leak.descriptors;

import dev.asyncloop.jdk.DescriptorOrigins.Origin;
import dev.asyncloop.origin.trace.CallStack;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the JVM and the test runner open for themselves while tests run; each rule excuses one thing. */
final class DescriptorNoise {

    private static final Set<String> RANDOM_DEVICES = Set.of("/dev/random", "/dev/urandom");
    private static final Set<String> OTHER_DEVICES = Set.of("/dev/null", "/dev/tty");
    private static final String SUREFIRE_CAPTURE = "(stdout|stderr)\\d+deferred";
    private static final String AGENT_JAR = "(mockitoboot|byteBuddyAgent)\\d+\\.jar";

    /**
     * RMI keeps connections for some seconds, and for good the port of all objects that name none; Java 2D the files of fonts; what logs,
     * the files that its configuration names, and those that come after them.
     */
    private static final List<String> KEEPERS_OF_THE_JDK = List.of(
            "sun.rmi.transport.", "sun.font.", "java.util.logging.LogManager", "java.util.logging.FileHandler.publish");

    private static final Set<String> EVENT_LOOP = Set.of("eventpoll", "eventfd", "timerfd", "io_uring");
    private static final String THREAD_OF_AWT = "AWT-XAWT";
    private static final int ENDS_OF_A_PIPE = 2;

    /** How the threads that all of Reactor Netty's clients and servers share begin. */
    private static final String REACTOR_NETTY = "(reactor-(tcp|http)|udp)-(\\w+-)*";

    /** The threads of event loops that native code opens, and that gRPC and Armeria each share: there may be more than threads. */
    private static final String THREAD_OF_SHARED_LOOPS = "(grpc-default-|armeria-common-worker-).*";

    /** Those that Reactor Netty and Amazon's client share, for which each has a thread. */
    private static final String SHARED_LOOP = "(" + REACTOR_NETTY + "(epoll|io_uring)-|AwsEventLoop )\\d+";

    /** Those of which the system does not tell which sockets they watch. */
    private static final String SHARED_LOOP_OF_IO_URING =
            "(" + REACTOR_NETTY + "|armeria-common-worker-(\\w+-)*)io_uring-.+";

    /** Where loops that are shared are made by Java; also where a build moved them into a package of its own. */
    private static final Set<String> MAKERS_OF_SHARED_LOOPS = Set.of(
            "reactor.netty.tcp.TcpResources",
            "reactor.netty.http.HttpResources",
            "reactor.netty.udp.UdpResources",
            "com.twitter.finagle.netty4.WorkerEventLoop$");

    private final ClassPathFiles classPath;
    private final Path self;

    /** The names of those that live. */
    private final Supplier<Stream<String>> threads;

    private final Set<String> leftByWarmUp = new CopyOnWriteArraySet<>();
    private final Map<String, Set<Integer>> ofSharedLoops =
            new HashMap<>(); // under this object's lock, as the next two
    private final Set<Integer> connectionOfAwt = new HashSet<>();
    private final Set<Integer> pipeOfAwt = new HashSet<>();

    DescriptorNoise(ClassPathFiles classPath, Path self) {
        this(classPath, self, LiveThreads::names);
    }

    DescriptorNoise(ClassPathFiles classPath, Path self, Supplier<Stream<String>> threads) {
        this.classPath = classPath;
        this.self = self;
        this.threads = threads;
    }

    /** Takes a descriptor that the warm-up left open for the JDK's own. */
    void excuse(Descriptor opened) {
        if (opened.isSocket()) {
            leftByWarmUp.add(opened.target());
        }
    }

    /** Whether the JDK, having opened that file, keeps it until the JVM ends. */
    boolean isKeptForGood(String path) {
        return RANDOM_DEVICES.contains(path) || classPath.names(path);
    }

    boolean isNoise(Descriptor descriptor) {
        return isDevice(descriptor)
                || isClassPathFile(descriptor)
                || isPreCloseMarker(descriptor)
                || isPoller(descriptor)
                || isAttachListener(descriptor)
                || isFlightRecorderFile(descriptor)
                || isPerformanceData(descriptor)
                || isCapturedOutputOfSurefire(descriptor)
                || isJarOfAnAgent(descriptor)
                || isKeptByTheJdk(descriptor)
                || isKeptByAwt(descriptor)
                || isOfSharedLoop(descriptor);
    }

    /** The random number generators of the JDK keep theirs; the terminals and the null device hold nothing. */
    private static boolean isDevice(Descriptor descriptor) {
        return RANDOM_DEVICES.contains(descriptor.target())
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

    /** The JVM listens on this socket once a tool has attached to it (jcmd, a profiler, an IDE). */
    private boolean isAttachListener(Descriptor descriptor) {
        return descriptor.isSocket()
                && socket(descriptor) instanceof SocketTable.Entry entry
                // the socket is named before its file is renamed, and keeps that name
                && (entry.unixPath().endsWith("/.java_pid" + pid())
                        || entry.unixPath().endsWith("/.java_pid" + pid() + ".tmp"));
    }

    /** Flight Recorder writes its chunks here, and reads them for its streams. */
    private boolean isFlightRecorderFile(Descriptor descriptor) {
        String repository = System.getProperty("jdk.jfr.repository");
        return repository != null && (descriptor.path() + "/").startsWith(real(repository) + "/");
    }

    /** The JVM's counters for jstat and jps. */
    private boolean isPerformanceData(Descriptor descriptor) {
        return descriptor.path().equals("/tmp/hsperfdata_" + System.getProperty("user.name") + "/" + pid());
    }

    /** What the system says of it; null where it says nothing. */
    private SocketTable.@Nullable Entry socket(Descriptor socket) {
        return SocketTable.read(self.resolve("net")).find(socket.inodeInBrackets());
    }

    private static long pid() {
        return ProcessHandle.current().pid(); // which takes the JDK some milliseconds when it is first asked
    }

    /** Surefire parks a test's output in such files when it runs tests in its own process. */
    private static boolean isCapturedOutputOfSurefire(Descriptor descriptor) {
        return isTemporary(descriptor, SUREFIRE_CAPTURE);
    }

    /** Mockito and Byte Buddy add these to the JVM's class path when the first mock is made; the JVM keeps them. */
    private static boolean isJarOfAnAgent(Descriptor descriptor) {
        return isTemporary(descriptor, AGENT_JAR);
    }

    /** Nobody else can close it; but for what code opened that the JDK has called. */
    private static boolean isKeptByTheJdk(Descriptor descriptor) {
        return descriptor.origin() != null
                && descriptor.origin().stack().stream()
                        .takeWhile(CallStack::isJdk)
                        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                        .anyMatch(method -> KEEPERS_OF_THE_JDK.stream().anyMatch(method::startsWith));
    }

    /** By these all clients and servers of a library wait; it keeps them for good, or a while longer than those. */
    private boolean isOfSharedLoop(Descriptor descriptor) {
        if (descriptor.origin() == null && descriptor.isSocket()) {
            return threads.get().anyMatch(name -> name.matches(SHARED_LOOP_OF_IO_URING));
        }
        return isOfEventLoop(descriptor)
                && (descriptor.origin() == null ? isOfSharedThread(descriptor) : isMadeToShare(descriptor.origin()));
    }

    private synchronized boolean isOfSharedThread(Descriptor openedByNativeCode) {
        List<String> names = threads.get().toList();
        if (names.stream().anyMatch(name -> name.matches(THREAD_OF_SHARED_LOOPS))) {
            return true;
        }
        long count = names.stream().filter(name -> name.matches(SHARED_LOOP)).count();
        if (count == 0) {
            ofSharedLoops.clear();
            return false;
        }
        return isAmong(
                ofSharedLoops.computeIfAbsent(openedByNativeCode.target(), kind -> new HashSet<>()),
                count,
                openedByNativeCode);
    }

    private static boolean isMadeToShare(Origin origin) {
        return origin.stack().stream()
                .anyMatch(frame -> MAKERS_OF_SHARED_LOOPS.stream().anyMatch(frame.getClassName()::endsWith));
    }

    /** Whether it is one of the kinds by which an event loop waits. */
    static boolean isOfEventLoop(Descriptor descriptor) {
        return EVENT_LOOP.stream().anyMatch(descriptor::isAnonymous);
    }

    private static boolean isAmong(Set<Integer> known, long most, Descriptor descriptor) {
        return known.contains(descriptor.number()) || (known.size() < most && known.add(descriptor.number()));
    }

    /** For the first window native code opens a connection to the X server and a pipe, and keeps them. */
    private synchronized boolean isKeptByAwt(Descriptor descriptor) {
        return descriptor.origin() == null
                && (descriptor.isPipe() || descriptor.isSocket())
                && threads.get().anyMatch(THREAD_OF_AWT::equals)
                && (descriptor.isPipe()
                        ? isAmong(pipeOfAwt, ENDS_OF_A_PIPE, descriptor)
                        : socket(descriptor) instanceof SocketTable.Entry entry
                                && entry.unix()
                                && isAmong(connectionOfAwt, 1, descriptor));
    }

    private static boolean isTemporary(Descriptor descriptor, String name) {
        String folder = real(System.getProperty("java.io.tmpdir")) + "/";
        return descriptor.path().startsWith(folder)
                && descriptor.path().substring(folder.length()).matches(name);
    }

    private static String real(String path) {
        return ClassPathFiles.real(Path.of(path));
    }
}
