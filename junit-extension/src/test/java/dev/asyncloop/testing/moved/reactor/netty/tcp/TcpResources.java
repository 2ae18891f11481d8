package dev.asyncloop.testing.moved.reactor.netty.tcp;

import java.io.IOException;
import java.nio.channels.Selector;

/** Named as a class of Reactor Netty that a build moved into a package of its own. */
public final class TcpResources {

    private TcpResources() {}

    /** Opens what an event loop waits by. */
    public static Selector open() throws IOException {
        return Selector.open();
    }
}
