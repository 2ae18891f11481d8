package dev.asyncloop.jdk;

import java.io.IOException;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Pipe;

/** The first uses of the JDK's channels that leave a descriptor open for ever. Any thread. */
public final class FirstUses {

    private FirstUses() {}

    /**
     * Opens the descriptors that the JDK opens once. With {@code originsKnown}, only those of native code: others can
     * be told by the stack that opened them.
     */
    public static void openDescriptors(boolean originsKnown) {
        try {
            if (originsKnown) {
                // opens an unnamed Unix socket, which marks descriptors about to be closed
                Class.forName("sun.nio.ch.UnixDispatcher", true, null);
                return;
            }
        } catch (ClassNotFoundException | LinkageError otherJdk) {
            // then by everything that may open one
        }
        if (Thread.currentThread().isVirtual()) { // a poller that it starts would run on its scheduler
            Warmup.onDaemonThread(FirstUses::openAndClose);
        } else {
            openAndClose();
        }
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
