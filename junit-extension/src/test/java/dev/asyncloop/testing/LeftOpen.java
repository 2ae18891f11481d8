package dev.asyncloop.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.registers.DescriptorOrigins;
import dev.asyncloop.registers.JobOrigins;
import dev.asyncloop.registers.ThreadOrigins;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What fixtures leave open, with the hooks installed that see it; closed after each test that ran some. An exclusion says
 * that it is nobody's holder, so what it has is its test's. Any thread.
 */
public final class LeftOpen implements BeforeAllCallback, AfterEachCallback {

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> left = new ArrayList<>(); // under this object's monitor

    /** Returns true, so that it can be the body of a task. */
    public synchronized boolean add(AutoCloseable open) {
        return left.add(open);
    }

    /** Keeps a thread, so that another test can join it. */
    public synchronized void addThread(Thread thread) {
        threads.add(thread);
    }

    /** Waits for the threads. */
    public void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    public synchronized int size() {
        return left.size();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ByteBuddyAgent.install();
        CurrentOwner.get(); // loads the classes that the hooks ask: to load them opens descriptors
        assertThat(DescriptorOrigins.install()).isTrue();
        // or else, where the first account was opened before there was an agent, nobody knows who started a thread
        assertThat(ThreadOrigins.install(CurrentOwner::get)).isTrue();
        JobOrigins.install();
    }

    @Override
    public synchronized void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable open : left) {
            open.close();
        }
        left.clear();
        threads.clear();
    }
}
