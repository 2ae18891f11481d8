package dev.asyncloop.loop.core;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Notices that the loop's thread is interrupted, whatever it is doing.
 *
 * <p>The interrupt status of a thread that carries virtual threads is not enough: the JDK clears it whenever one of
 * them suspends. But an interrupted thread wakes the selector it is blocked in, so this pretends to be one.
 */
final class InterruptSensor extends AbstractSelector {

    private final Consumer<InterruptSensor> whenInterrupted;

    /** {@code whenInterrupted} is called with this on the thread that interrupts. */
    InterruptSensor(Consumer<InterruptSensor> whenInterrupted) {
        super(SelectorProvider.provider());
        this.whenInterrupted = whenInterrupted;
    }

    /** Watches the current thread from now on; notices at once that it is interrupted already. */
    void arm() {
        begin();
    }

    void disarm() {
        end();
    }

    @Override
    public Selector wakeup() {
        whenInterrupted.accept(this);
        return this;
    }

    @Override
    protected void implCloseSelector() {
        // holds nothing
    }

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int operations, Object attachment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SelectionKey> keys() {
        return Set.of();
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        return Set.of();
    }

    @Override
    public int selectNow() throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public int select(long timeout) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public int select() throws IOException {
        throw new UnsupportedOperationException();
    }
}
