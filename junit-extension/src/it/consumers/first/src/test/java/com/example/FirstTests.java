package com.example;

// tag::first[]
import dev.asyncloop.jupiter.AsyncLoopExtension;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AsyncLoopExtension.class)
class FirstTests {

    @Test
    void leaves_a_thread_waiting() {
        Thread.ofVirtual().name("waiter").start(() -> LockSupport.park());
    }
}
// end::first[]
