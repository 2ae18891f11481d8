package dev.asyncloop.samples.time;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Knows who is logged in: until half an hour after they were last seen. */
final class Sessions {

    // tag::sessions[]
    private final ScheduledExecutorService timer;
    private final Map<String, ScheduledFuture<?>> ends = new HashMap<>();

    Sessions(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    void seen(String user) {
        ScheduledFuture<?> before = ends.put(user, timer.schedule(() -> end(user), 30, TimeUnit.MINUTES));
        if (before != null) {
            before.cancel(false);
        }
    }
    // end::sessions[]

    private void end(String user) {
        ends.remove(user);
    }

    boolean isOpen(String user) {
        return ends.containsKey(user);
    }
}
