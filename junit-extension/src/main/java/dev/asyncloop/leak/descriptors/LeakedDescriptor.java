package dev.asyncloop.leak.descriptors;

import dev.asyncloop.leak.subject.Target;
import dev.asyncloop.registers.Opening;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One object that was left open, with all its descriptors.
 *
 * @param parts its descriptors, by ascending number; a selector, for example, has two
 * @param target what it is, such as {@code /tmp/x/orders.db}
 * @param composite whether the words of {@code target} name the parts and their numbers
 */
record LeakedDescriptor(DescriptorKind kind, List<Descriptor> parts, Target target, boolean composite) {

    LeakedDescriptor {
        parts = parts.stream().sorted(Comparator.comparing(Descriptor::number)).toList();
    }

    /** The numbers of its descriptors, ascending. */
    List<Integer> numbers() {
        return parts.stream().map(Descriptor::number).toList();
    }

    /** Where its descriptors were opened, as far as that was seen. */
    Stream<Opening> origins() {
        return parts.stream().map(Descriptor::origin).filter(Objects::nonNull);
    }

    /** Its numbers and what they lead to, such as {@code 17 -> /tmp/x/orders.db}. */
    String description() {
        return composite
                ? target.words()
                : parts.stream().map(part -> String.valueOf(part.number())).collect(Collectors.joining(", ")) + " -> "
                        + target;
    }

    /** What to do about it, in one sentence without a capital or a full stop. */
    String fix() {
        return kind.fix();
    }

    @Override
    public String toString() {
        return description();
    }
}
