package dev.asyncloop.leak.holders;

import static dev.asyncloop.leak.holders.Asking.NOBODY;
import static dev.asyncloop.leak.holders.Asking.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.exclusions.SearchRules;
import dev.asyncloop.leak.holders.Walk.Limit;
import dev.asyncloop.leak.subject.Holder;
import dev.asyncloop.leak.subject.Holder.Root;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The search is bounded, however much there is and however it hangs together. */
@Timeout(60)
class LargeHeapTests {

    private static final int BOUND = 1_000_000;

    /** The search gives up after one second; what comes after it takes a moment too. */
    private static final long LONGEST_MILLIS = 3_000;

    private static final Start START = new Start(new Root(Root.Kind.STATIC, "", ""), null, false, null);

    private FileInputStream file;

    @BeforeEach
    void open() throws IOException {
        file = new FileInputStream(
                Path.of(System.getProperty("java.home"), "release").toFile());
    }

    @AfterEach
    void close() throws IOException {
        file.close();
        Cache.all = null;
        Later.any = null;
    }

    static class Cache {
        static Object all;
    }

    /** Is asked after the class of the test. */
    static class Later {
        static Object any;
    }

    static class Node {
        Node next;
        Object value;
        Object nothing;
    }

    /** A list of nodes, the last of which has the file. */
    private Node chain(int length) {
        Node last = new Node();
        last.value = file;
        Node first = last;
        for (int i = 1; i < length; i++) {
            Node node = new Node();
            node.next = first;
            first = node;
        }
        return first;
    }

    private String who() {
        return Asking.in(Cache.class).who(file);
    }

    @Test
    void of_more_objects_than_the_bound_it_says_that_it_does_not_know() {
        Cache.all = chain(BOUND + BOUND / 10);
        long start = System.nanoTime();
        Held held = Asking.in(Cache.class).held(file);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(LONGEST_MILLIS);
        assertThat(held).isNotNull();
        assertThat(held.whose()).isEqualTo(Held.Whose.OF_CREATOR);
        assertThat(held.holder())
                .isInstanceOfSatisfying(
                        Holder.Unknown.class,
                        unknown -> assertThat(unknown.objects()).isBetween(1, BOUND + 1_000));
    }

    @Test
    void one_array_does_not_make_it_go_beyond_the_bound() {
        Object[] array = new Object[3 * BOUND];
        for (int i = 0; i < array.length; i++) {
            array[i] = new Object();
        }
        Cache.all = array;
        Held held = Asking.in(Cache.class).held(file);
        assertThat(held).isNotNull();
        assertThat(held.holder())
                .isInstanceOfSatisfying(
                        Holder.Unknown.class,
                        unknown -> assertThat(unknown.objects()).isBetween(1, BOUND + 1_000));
    }

    @Test
    void a_deep_list_is_followed_to_its_end_and_the_way_is_told_in_short() {
        Walk walk = walk(BOUND / 2, new Limit(BOUND, far()));
        List<Integer> way = walk.way(walk.visited() - 1);
        assertThat(way).hasSize(BOUND / 2 + 1);
        long start = System.nanoTime();
        Holder.Path path = new PathOf(walk, way).holder(START);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(LONGEST_MILLIS);
        assertThat(path.steps()).hasSizeLessThan(100);
        assertThat(path.steps().getLast().type()).isEqualTo("FileInputStream");
    }

    @Test
    void a_list_of_the_jdk_is_followed_to_its_end() {
        LinkedList<Object> list = new LinkedList<>();
        for (int i = 0; i < 50_000; i++) {
            list.add(i);
        }
        list.add(file);
        Cache.all = list;
        assertThat(who()).isEqualTo("OF_CLASS STATIC all");
    }

    @Test
    void circles_are_gone_round_once() {
        Node first = chain(1_000);
        Node each = first;
        while (each.next != null) {
            each.nothing = first;
            each = each.next;
        }
        each.next = first;
        Object[] itself = new Object[2];
        itself[0] = itself;
        itself[1] = first;
        Cache.all = itself;
        assertThat(who()).isEqualTo("OF_CLASS STATIC all");
        each.value = null;
        assertThat(who()).isEqualTo(NOBODY);
    }

    @Test
    void a_large_array_comes_last() {
        List<Object> large = new ArrayList<>();
        for (int i = 0; i <= Walk.LARGE; i++) {
            large.add(new Object());
        }
        large.set(Walk.LARGE / 2, file);
        Cache.all = large.toArray();
        assertThat(who()).isEqualTo("OF_CLASS STATIC all");
        Later.any = List.of(file);
        assertThat(who()).as("what is found elsewhere is found before").isEqualTo("OF_RUN STATIC any");
        Cache.all = large.subList(1, large.size()).toArray();
        assertThat(who()).as("an array that is not large").isEqualTo("OF_CLASS STATIC all");
    }

    @Test
    void what_is_found_before_the_bound_is_known() {
        Cache.all = List.of(file, chain(10));
        Node far = chain(BOUND + BOUND / 10);
        Later.any = far;
        assertThat(who()).isEqualTo("OF_CLASS STATIC all");
        Cache.all = null;
        assertThat(who()).isEqualTo(UNKNOWN);
    }

    @Test
    void it_ends_at_the_first_of_its_bounds() {
        assertThat(walk(5_000, new Limit(1_000, far())).visited()).isBetween(1_000, 1_002);
        assertThat(walk(5_000, new Limit(BOUND, System.nanoTime() - 1)).visited())
                .isLessThan(10);
        Walk whole = walk(5_000, new Limit(BOUND, far()));
        assertThat(whole.isCut()).isFalse();
        assertThat(whole.visited()).isEqualTo(5_001);
    }

    private static long far() {
        return System.nanoTime() + TimeUnit.HOURS.toNanos(1);
    }

    /** A search that was run to its end, for the file at the end of a list. */
    private Walk walk(int length, Limit limit) {
        Targets targets = new Targets();
        targets.add(0, List.of(file));
        Walk walk = new Walk(targets, new Shapes(new SearchRules(true), targets, false), limit);
        walk.add(chain(length), START);
        assertThat(walk.run()).hasSize(walk.isCut() ? 0 : 1);
        return walk;
    }
}
