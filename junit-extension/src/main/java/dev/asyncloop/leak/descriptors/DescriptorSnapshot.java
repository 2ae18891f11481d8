package dev.asyncloop.leak.descriptors;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The descriptors that were open at one moment. Immutable; one snapshot serves until something changes. */
public final class DescriptorSnapshot {

    static final DescriptorSnapshot EMPTY = new DescriptorSnapshot(0, Map.of());

    private final long newestSerial;
    private final SortedMap<Integer, Descriptor> open;
    private final List<Descriptor> changeable;

    /** A snapshot of these descriptors by number; {@code newestSerial} is the last serial given out so far. */
    DescriptorSnapshot(long newestSerial, Map<Integer, Descriptor> open) {
        this.newestSerial = newestSerial;
        this.open = new TreeMap<>(open);
        List<Descriptor> changeable = new ArrayList<>();
        for (Descriptor descriptor : open.values()) {
            if (!descriptor.lasting()) {
                changeable.add(descriptor);
            }
        }
        this.changeable = List.copyOf(changeable);
    }

    int size() {
        return open.size();
    }

    Collection<Descriptor> descriptors() {
        return open.values();
    }

    /** The descriptors that must be read again, since their numbers may have changed hands unnoticed. */
    List<Descriptor> changeable() {
        return changeable;
    }

    @Nullable
    Descriptor at(int number) {
        return open.get(number);
    }

    /** The descriptors that are open here and were first seen after {@code before} was taken, by number. */
    List<Descriptor> newSince(DescriptorSnapshot before) {
        if (this == before) {
            return List.of();
        }
        List<Descriptor> opened = new ArrayList<>();
        for (Descriptor descriptor : open.values()) {
            if (descriptor.serial() > before.newestSerial) {
                opened.add(descriptor);
            }
        }
        return opened;
    }

    /** Whether a descriptor was first seen after this snapshot was taken, and not after {@code later}. */
    boolean isBetween(DescriptorSnapshot later, Descriptor descriptor) {
        return descriptor.serial() > newestSerial && descriptor.serial() <= later.newestSerial;
    }

    /** Those of {@code earlier} that are still open here, as they are now. */
    List<Descriptor> stillOpen(List<Descriptor> earlier) {
        Set<Long> serials = earlier.stream().map(Descriptor::serial).collect(Collectors.toSet());
        return open.values().stream().filter(d -> serials.contains(d.serial())).toList();
    }

    @Override
    public String toString() {
        return open.size() + " open descriptors " + open.keySet();
    }
}
