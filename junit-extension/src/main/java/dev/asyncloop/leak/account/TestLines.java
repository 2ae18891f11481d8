package dev.asyncloop.leak.account;

import dev.asyncloop.leak.Leak;
import dev.asyncloop.origin.Owner;
import dev.asyncloop.origin.trace.OwnersCode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells of leaks which line of the test class led to them. In a build of several modules the innermost line of the
 * project's code may be that of another module, which all tests of this one call.
 */
final class TestLines {

    private final OwnersCode code;

    private TestLines(OwnersCode code) {
        this.code = code;
    }

    /**
     * The leaks with the lines of their owner's class. A leak that hangs below another must come after that one, and
     * hangs below it afterwards as well.
     */
    static List<Leak> in(List<Leak> leaks, Owner owner) {
        if (owner.type() == null || leaks.isEmpty()) {
            return leaks;
        }
        TestLines lines = new TestLines(new OwnersCode(owner.type()));
        Map<Leak, Leak> told = new IdentityHashMap<>();
        List<Leak> all = new ArrayList<>(leaks.size());
        for (Leak leak : leaks) {
            Leak above = leak.above() == null ? null : told.getOrDefault(leak.above(), leak.above());
            Leak with = new Leak(
                    leak.kind(),
                    leak.subject(),
                    leak.created(),
                    leak.waiting(),
                    leak.fix(),
                    above,
                    leak.cause(),
                    leak.held(),
                    lines.of(leak));
            told.put(leak, with);
            all.add(with);
        }
        return all;
    }

    private @Nullable StackTraceElement of(Leak leak) {
        StackTraceElement frame = code.innermost(leak.created());
        return frame == null || leak.origin().filter(frame::equals).isPresent() ? null : frame;
    }
}
