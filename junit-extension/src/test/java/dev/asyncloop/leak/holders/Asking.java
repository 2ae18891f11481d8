package dev.asyncloop.leak.holders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.jdk.ObjectFields;
import dev.asyncloop.leak.detect.Surroundings;
import dev.asyncloop.leak.holders.Held.Whose;
import dev.asyncloop.leak.subject.Holder;
import dev.asyncloop.origin.Owner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;

/** Asks who holds a thing that a test of some class has left. One thread. */
final class Asking {

    static final String NOBODY = "nobody";
    static final String UNKNOWN = "unknown";

    private final Owner test = Owner.named("test");
    private final Owner ofClass = Owner.named("class");
    private final Class<?> type;
    private final List<Object> shared = new ArrayList<>();
    private final List<Object> ending = new ArrayList<>();
    private final Set<Object> loaders = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable Object storeOfClass;
    private @Nullable Object storeOfRun;

    private Asking(Class<?> type) {
        this.type = type;
    }

    /** The test is of {@code type}. */
    static Asking in(Class<?> type) {
        ByteBuddyAgent.install();
        assertThat(ObjectFields.areReadable()).isTrue();
        return new Asking(type);
    }

    /** All tests of the class share that instance. */
    Asking sharing(Object instance) {
        shared.add(instance);
        return this;
    }

    /** That instance ends with the test. */
    Asking ending(Object instance) {
        ending.add(instance);
        return this;
    }

    /** The test made that loader. */
    Asking making(ClassLoader loader) {
        loaders.add(loader);
        return this;
    }

    /** The contexts that have the stores of the class and of the run. */
    Asking storing(Object contextOfClass, Object contextOfRun) {
        storeOfClass = contextOfClass;
        storeOfRun = contextOfRun;
        return this;
    }

    /** Whose a thing of such parts is, and by which sort of root and which field; or {@link #NOBODY}'s. */
    String who(Object... parts) {
        Held held = held(parts);
        if (held == null) {
            return NOBODY;
        }
        if (!(held.holder() instanceof Holder.Path path)) {
            return UNKNOWN;
        }
        assertThat(held.owner()).isSameAs(held.whose() == Whose.OF_CLASS ? ofClass : null);
        return (held.whose() + " " + path.root().kind() + " " + path.root().member()).strip();
    }

    @Nullable
    Held held(Object... parts) {
        Question.Place ofTest = new Question.Place(test, new Known(null, List.of(), ending, null, storeOfRun));
        Question.Place around =
                new Question.Place(ofClass, new Known(type, shared, List.of(), storeOfClass, storeOfRun));
        Question question = new Question(List.of(ofTest, around), ending, Set.of(), loaders);
        return Holders.of(List.of(List.of(parts)), question, true).getFirst();
    }

    private record Known(
            @Nullable Class<?> type,
            List<Object> instances,
            List<Object> ending,
            @Nullable Object store,
            @Nullable Object storeOfRun)
            implements Surroundings {}
}
