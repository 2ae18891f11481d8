package dev.asyncloop.leak.process;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.origin.Owner;

/** What the run keeps: by each root that holds something, the things and whose tests made them. Any thread. */
public final class Kept {

    public static final Kept OF_THIS_RUN = new Kept();

    private Kept() {}

    void add(Owner owner, Leftover left, Leak leak) {}
}
