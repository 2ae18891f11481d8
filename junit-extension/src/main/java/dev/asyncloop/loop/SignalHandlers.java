package dev.asyncloop.loop;

import dev.asyncloop.jdk.Signals;
import java.util.HashMap;
import java.util.Map;

/** The signals that a loop handles. Loop thread only, or the closing thread. */
final class SignalHandlers {

    private final EventLoop loop;
    private final Map<String, Signals.Subscription> handled = new HashMap<>(0);

    SignalHandlers(EventLoop loop) {
        this.loop = loop;
    }

    void add(String signal, Runnable callback) {
        String name = Signals.nameOf(signal);
        Handle handle = new Handle(loop, callback);
        // each time a new one, since one handle can be in the queue only once
        Signals.Subscription added = Signals.subscribe(name, () -> loop.enqueue(new Handle(loop, handle::step)));
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
