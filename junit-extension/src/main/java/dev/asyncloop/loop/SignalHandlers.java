package dev.asyncloop.loop;

import dev.asyncloop.jdk.Signals;
import dev.asyncloop.loop.core.Callback;
import dev.asyncloop.loop.core.LoopCore;
import java.util.HashMap;
import java.util.Map;

/** The signals that a loop handles. Loop thread only, or the thread that closes the loop. */
final class SignalHandlers {

    private final LoopCore core;
    private final Map<String, Signals.Subscription> handled = new HashMap<>(0);

    SignalHandlers(LoopCore core) {
        this.core = core;
    }

    void add(String signal, Runnable callback) {
        String name = Signals.nameOf(signal);
        Signals.Subscription added = Signals.subscribe(name, new Callback(core, callback)::enqueue);
        Signals.Subscription earlier = handled.put(name, added);
        if (earlier != null) {
            earlier.close();
        }
    }

    boolean remove(String signal) {
        Signals.Subscription present = handled.remove(Signals.nameOf(signal));
        if (present != null) {
            present.close();
        }
        return present != null;
    }

    /** Gives every signal back. */
    void clear() {
        handled.values().forEach(Signals.Subscription::close);
        handled.clear();
    }
}
