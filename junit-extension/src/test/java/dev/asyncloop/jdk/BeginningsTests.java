package dev.asyncloop.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.core.CurrentOwner;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the register keeps, and for how long. */
@Timeout(60)
class BeginningsTests {

    private final Object owner = new Object();
    private final AtomicReference<Object> running = new AtomicReference<>(owner);
    private final Beginnings beginnings = new Beginnings(running::get);

    @BeforeAll
    static void open_the_jdk() {
        ByteBuddyAgent.install();
        assertThat(ThreadOrigins.install(CurrentOwner::get)).isTrue();
    }

    @Test
    void what_nobody_owns_is_not_kept() {
        running.set(null);
        Object thing = new Object();
        beginnings.began(thing);
        Thread thread = Thread.ofPlatform().unstarted(() -> {});
        beginnings.began(thread);
        running.set(owner);
        assertThat(beginnings.of(owner)).isEmpty();
        assertThat(beginnings.of(thread)).isNull();
    }

    @Test
    void a_thing_is_kept_once_however_many_constructors_tell_of_it() {
        Object thing = new Object();
        beginnings.began(thing);
        beginnings.began(thing);
        assertThat(beginnings.of(owner)).hasSize(1);
    }

    @Test
    void what_is_garbage_or_has_ended_is_forgotten_after_a_collection() throws InterruptedException {
        List<Thread> ended = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            beginnings.began(new Object());
            Thread thread = Thread.ofPlatform().start(() -> {});
            thread.join();
            beginnings.began(thread);
            ended.add(thread);
        }
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        while (!garbage.refersTo(null)) {
            System.gc();
        }
        Object live = new Object();
        beginnings.began(live);
        assertThat(ended).hasSize(100);
        assertThat(beginnings.of(owner)).hasSize(1).allMatch(beginning -> beginning.refersTo(live));
    }
}
