package dev.asyncloop.origin.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.origin.Owner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is charged with what, and where it came from. */
class OriginTests {

    private static final Owner OWNER = Owner.named("a test");

    /** What a class initialiser creates, also by other methods. */
    private static final class Initialised {

        static final Origin ORIGIN = make();

        private static Origin make() {
            return Origin.here(OWNER);
        }
    }

    @Test
    void who_was_at_work_is_charged() {
        Origin origin = Origin.here(OWNER);
        assertThat(origin.owner()).isSameAs(OWNER);
        assertThat(origin.fromUserCode().get(0).getMethodName()).isEqualTo("who_was_at_work_is_charged");
    }

    @Test
    void what_a_class_initialiser_creates_is_nobodys() {
        assertThat(Initialised.ORIGIN.owner()).isNull();
        assertThat(Initialised.ORIGIN.atWork()).isSameAs(OWNER);
    }

    @Test
    void where_nobody_is_at_work_nobody_is_charged() {
        assertThat(Origin.here(null).owner()).isNull();
    }

    @Test
    void without_a_stack_the_one_at_work_is_charged() {
        Origin origin = new Origin(OWNER, null);
        assertThat(origin.owner()).isSameAs(OWNER);
        assertThat(origin.fromUserCode()).isEmpty();
        assertThat(origin.creator("none")).isEmpty();
    }

    @Test
    void the_creator_is_behind_the_ways_of_the_jdk() {
        List<Origin> made = new ArrayList<>();
        List.of("one").forEach(each -> made.add(Telling.tell()));
        assertThat(made.get(0).creator(Telling.class.getName()))
                .hasValueSatisfying(frame -> assertThat(frame.getMethodName()).contains("the_creator_is_behind"));
        assertThat(made.get(0).creator("java.util.ImmutableCollections$List12"))
                .hasValueSatisfying(frame -> assertThat(frame.getMethodName()).doesNotContain("lambda"));
    }

    /** In the place of the class that the JDK calls. */
    private static final class Telling {

        static Origin tell() {
            return Origin.here(OWNER);
        }
    }
}
