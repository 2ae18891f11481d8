package dev.asyncloop.leak.descriptors;

import dev.asyncloop.jdk.HttpClients;
import dev.asyncloop.jdk.KeptConnections;
import dev.asyncloop.leak.Leak;
import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.detect.Patience;
import dev.asyncloop.registers.Beginning;
import dev.asyncloop.registers.Opening;
import java.io.FileDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** An open object, with its descriptors, that its owner left open. */
record LeftoverDescriptor(Descriptors all, LeakedDescriptor opened) implements Leftover {

    @Override
    public Leak leak() {
        return ProcessDescriptors.leak(opened);
    }

    @Override
    public Object identity() {
        return "descriptor " + opened.parts().getFirst().serial();
    }

    @Override
    public boolean isThere() {
        return all.isLeft(opened.parts());
    }

    @Override
    public boolean mayEnd() {
        return true;
    }

    @Override
    public long patience() {
        return opened.origins().anyMatch(LeftoverDescriptor::isOfLiveThread)
                ? Patience.MILLIS_OF_THREAD
                : Patience.MILLIS;
    }

    /** Whether the thread that opened it is there, other than that of an executor. */
    private static boolean isOfLiveThread(Opening opening) {
        Beginning by = opening.openedBy();
        return by != null && by.get() instanceof Thread thread && thread.isAlive();
    }

    @Override
    public boolean wasCollected() {
        List<Opening> origins = opened.origins().toList();
        return origins.size() == opened.parts().size() && origins.stream().allMatch(Opening::isCollected);
    }

    @Override
    public boolean tell() {
        opened.origins().forEach(Opening::setTold);
        return !all.report(opened.parts()).isEmpty();
    }

    /** None of what its opener has to end, such as a response that nobody reads, though its client holds it. */
    @Override
    public Collection<?> parts() {
        List<Object> parts = new ArrayList<>();
        if (opened.kind().isUsersOwn()) {
            return parts;
        }
        for (Descriptor part : opened.parts()) {
            Opening opening = part.origin();
            if (opening != null && opening.isByNumber()) {
                parts.add(part.number());
            } else if (opening != null) {
                FileDescriptor object = opening.get();
                if (object != null) {
                    parts.add(object);
                }
            }
        }
        return parts;
    }

    /** Before it is described, a file or a socket by itself, if it cannot be one that its opener has to end. */
    @Override
    public boolean isWhole() {
        return opened.kind() != DescriptorKind.OTHER
                || opened.parts().stream().allMatch(part -> part.hasPath() || part.isSocket() && !mayBeUsersOwn(part));
    }

    private static boolean mayBeUsersOwn(Descriptor socket) {
        Opening origin = socket.origin();
        return origin == null
                || HttpClients.haveOpened(origin.stack())
                || KeptConnections.mayKeep(origin.stack())
                || ClosedChannels.now().have(socket);
    }

    @Override
    public boolean isUnreachable() {
        List<Opening> origins = opened.origins().toList();
        return !origins.isEmpty() && origins.stream().allMatch(origin -> !origin.isByNumber() && origin.refersTo(null));
    }

    @Override
    public Collection<Opening> charged() {
        return opened.origins().toList();
    }
}
