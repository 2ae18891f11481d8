package dev.asyncloop.loop;

import dev.asyncloop.loop.main.MainTask;
import dev.asyncloop.loop.watch.RunWatch;
import dev.asyncloop.origin.Owner;

/** Main tasks with the limit of their loop. */
final class MainTasks {

    private MainTasks() {}

    static MainTask of(EventLoop loop, String name, Owner owner) {
        return new MainTask(
                loop.core(), name, owner, RunWatch.of(loop.core()).guard().timeout());
    }
}
