package dev.asyncloop.jdk;

import java.io.FileDescriptor;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The places in the JDK where descriptors are opened and closed, edited so that they call {@link DescriptorEvents}.
 *
 * <p>Nearly all descriptors have a {@link FileDescriptor}; the others are opened by the calls listed here. Some channels
 * are listed because nothing closes their descriptor when they are lost, and the streams of {@code java.io} because a cleaner closes
 * it by its number: that must be known before. Not seen are
 * descriptors that native code opens by itself, and the closing of one of the two that a directory stream has, which is
 * noticed when its number is used again.
 */
final class DescriptorHooks {

    /** Name that {@link DescriptorEvents} has in {@code java.base}. */
    static final String EVENTS = "java.io.AsyncloopDescriptorEvents";

    private static final Hook INDISPENSABLE = Hook.parse("java.io.FileDescriptor constructed <init> end", EVENTS);

    /** In which class, what happens, in which of its methods, at which call. */
    static final HookSet<BiConsumer<ObjIntConsumer<@Nullable FileDescriptor>, ObjIntConsumer<@Nullable FileDescriptor>>>
            HOOKS = new HookSet<>(DescriptorEvents.class, EVENTS, FileDescriptor.class, """
                java.io.FileDescriptor                       constructed  <init>             end
                java.io.FileInputStream                      constructed  <init>             end
                java.io.FileOutputStream                     constructed  <init>             end
                java.io.RandomAccessFile                     constructed  <init>             end
                sun.nio.ch.SocketChannelImpl                 constructed  <init>             end
                sun.nio.ch.ServerSocketChannelImpl           constructed  <init>             end
                sun.nio.ch.SourceChannelImpl                 constructed  <init>             end
                sun.nio.ch.SinkChannelImpl                   constructed  <init>             end
                sun.nio.ch.SimpleAsynchronousFileChannelImpl constructed  <init>             end

                sun.nio.ch.EPollSelectorImpl                 opened       <init>             EPoll.create
                sun.nio.ch.EPollPort                         opened       <init>             EPoll.create
                sun.nio.ch.EPollPort                         opened       <init>             IOUtil.makePipe
                sun.nio.ch.EPollPoller                       opened       <init>             EPoll.create
                sun.nio.ch.EventFD                           opened       <init>             EventFD.eventfd0
                sun.nio.ch.EPollSelectorImpl                 wrapping     <init>             IOUtil.newFD
                sun.nio.ch.PollSelectorImpl                  opened       <init>             IOUtil.makePipe
                sun.nio.fs.LinuxWatchService                 opened       <init>             LinuxWatchService.inotifyInit
                sun.nio.fs.LinuxWatchService                 opened       <init>             LinuxWatchService.socketpair
                sun.nio.fs.UnixFileSystemProvider            opened       newDirectoryStream UnixNativeDispatcher.open
                sun.nio.fs.UnixFileSystemProvider            opened       newDirectoryStream UnixNativeDispatcher.dup
                sun.nio.fs.UnixSecureDirectoryStream         opened       newDirectoryStream UnixNativeDispatcher.openat
                sun.nio.fs.UnixSecureDirectoryStream         opened       newDirectoryStream UnixNativeDispatcher.dup

                java.io.FileDescriptor                       closing      close              FileDescriptor.close0
                java.io.FileCleanable                        closing      performCleanup     FileCleanable.fd
                sun.nio.ch.UnixDispatcher                    closing      close              UnixDispatcher.close0
                sun.nio.ch.EPollSelectorImpl                 closing      *                  FileDispatcherImpl.closeIntFD
                sun.nio.ch.EPollPort                         closing      *                  FileDispatcherImpl.closeIntFD
                sun.nio.ch.EventFD                           closing      *                  FileDispatcherImpl.closeIntFD
                sun.nio.ch.PollSelectorImpl                  closing      *                  FileDispatcherImpl.closeIntFD
                sun.nio.fs.UnixNativeDispatcher              closing      close              UnixNativeDispatcher.close0
                """);

    private DescriptorHooks() {}

    /**
     * From now on the listeners are told.
     *
     * @return the hooks for which this JDK has no place
     * @throws Throwable if this JDK is too different
     */
    static List<Hook> listen(
            Instrumentation instrumentation,
            ObjIntConsumer<@Nullable FileDescriptor> openings,
            ObjIntConsumer<@Nullable FileDescriptor> closings)
            throws Throwable {
        var listeners = HOOKS.listeners(instrumentation);
        if (HOOKS.missing().contains(INDISPENSABLE)) {
            throw new IllegalStateException("the constructors of FileDescriptor cannot be edited");
        }
        listeners.accept(openings, closings);
        return HOOKS.missing();
    }
}
