package dev.asyncloop.leak;

import java.util.List;

/**
 * One thing that was left open, with all the descriptors it consists of.
 *
 * @param numbers its descriptors, ascending; a selector has two, for example
 * @param description what it is, such as {@code 17 -> /tmp/x/orders.db}
 */
record LeakedDescriptor(List<Integer> numbers, DescriptorKind kind, String description) {

    LeakedDescriptor {
        numbers = numbers.stream().sorted().toList();
    }

    /** What to do about it, one sentence without a capital or a full stop. */
    String fix() {
        return kind.fix();
    }

    @Override
    public String toString() {
        return description;
    }
}
