package dev.asyncloop.leak.descriptors;

import dev.asyncloop.leak.detect.Leftover;
import dev.asyncloop.leak.detect.Leftovers;
import dev.asyncloop.leak.subject.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Searches for the descriptors that one owner has opened. They are put together when they are whole. One thread. */
final class DescriptorLeftovers implements Leftovers {

    private final Descriptors all;
    private final DescriptorSnapshot before;
    private final Predicate<Descriptor> which;

    DescriptorLeftovers(Descriptors all, DescriptorSnapshot before, Predicate<Descriptor> which) {
        this.all = all;
        this.before = before;
        this.which = which;
    }

    @Override
    public List<Leftover> now() {
        List<Leftover> now = new ArrayList<>();
        for (Descriptor open : all.left(before, which)) {
            Target target = new Target(open.hasPath() ? open.target() : open.type(), open.type(), "");
            now.add(new LeftoverDescriptor(
                    all, new LeakedDescriptor(DescriptorKind.OTHER, List.of(open), target, false)));
        }
        return now;
    }

    @Override
    public List<Leftover> whole(List<Leftover> left) {
        List<Descriptor> parts = new ArrayList<>();
        for (Leftover each : left) {
            if (each instanceof LeftoverDescriptor open) {
                parts.addAll(open.opened().parts());
            }
        }
        return parts.isEmpty()
                ? List.of()
                : all.describe(parts).stream()
                        .<Leftover>map(opened -> new LeftoverDescriptor(all, opened))
                        .toList();
    }
}
