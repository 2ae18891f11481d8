package dev.asyncloop.leak.descriptors;

import java.io.IOException;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Pipe;

/**
 * First uses of the JDK that leave a descriptor open for good, made where no test can be blamed for it.
 *
 * <p>Only those are made whose descriptor has nothing to know it by. A class-path file or {@code /dev/urandom}, opened
 * whenever it comes to that, is known by its path.
 */
final class DescriptorWarmUp {

    private DescriptorWarmUp() {}

    /**
     * With {@code originsKnown}, what the JDK opens once is told by the lines that open it, but for what native code
     * opens.
     */
    static void run(boolean originsKnown) {
        try {
            if (originsKnown) {
                // opens an unnamed Unix socket, which marks descriptors about to be closed
                Class.forName("sun.nio.ch.UnixDispatcher", true, null);
            } else {
                runOnPlatformThread();
            }
        } catch (ClassNotFoundException | LinkageError otherJdk) {
            runOnPlatformThread();
        }
    }

    /** A poller started by a virtual thread would run on that thread's scheduler. */
    private static void runOnPlatformThread() {
        if (!Thread.currentThread().isVirtual()) {
            openAndClose();
            return;
        }
        Thread thread = Thread.ofPlatform().daemon().name("asyncloop-warm-up").start(DescriptorWarmUp::openAndClose);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a descriptor that appeared meanwhile is of a sort that the warm-up leaves behind. */
    static boolean mayHaveOpened(Descriptor descriptor) {
        return descriptor.isSocket()
                || descriptor.isPipe()
                || descriptor.isAnonymous("eventpoll")
                || descriptor.isAnonymous("eventfd");
    }

    private static void openAndClose() {
        try {
            // the first pipe or socket leaves that unnamed Unix socket
            Pipe pipe = Pipe.open();
            pipe.source().close();
            pipe.sink().close();
            // the default channel group: an epoll, a pipe and threads that nothing can shut down
            AsynchronousSocketChannel.open().close();
            // the epolls by which virtual threads wait for sockets
            Class.forName("sun.nio.ch.Poller", true, null);
        } catch (IOException | ClassNotFoundException | LinkageError e) {
            // what can't be opened now can't be opened by a test either
        }
    }
}
