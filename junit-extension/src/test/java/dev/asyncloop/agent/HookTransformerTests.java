package dev.asyncloop.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.loop.core.CurrentOwner;
import dev.asyncloop.registers.DescriptorOrigins;
import dev.asyncloop.registers.ThreadOrigins;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringTokenizer;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.Adler32;
import java.util.zip.CheckedInputStream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How classes of the JDK are edited, and what of them cannot be. */
class HookTransformerTests {

    private final Instrumentation instrumentation = ByteBuddyAgent.install();
    private final List<Object> told = new ArrayList<>();

    @Test
    void another_agent_that_edits_the_class_again_does_not_take_hooks_out() throws Throwable {
        listen("AsyncloopEditedAgain", "java.util.StringTokenizer read <init> before end");
        StringTokenizer before = new StringTokenizer("before");
        assertThat(told).last().isSameAs(before);
        instrumentation.retransformClasses(StringTokenizer.class);
        StringTokenizer after = new StringTokenizer("after");
        assertThat(told).last().isSameAs(after);
    }

    @Test
    void a_class_is_edited_when_it_is_loaded() throws Throwable {
        String later = "java.util.zip.CheckedInputStream";
        assertThat(isLoaded(later)).isFalse();
        listen("AsyncloopLoadedLater", later + " read <init> before end");
        assertThat(isLoaded(later)).isEqualTo(!JdkEditor.knowsThisJdk());
        try (CheckedInputStream made = new CheckedInputStream(CheckedInputStream.nullInputStream(), new Adler32())) {
            assertThat(told).containsExactly(made);
        }
    }

    @Test
    void a_class_of_a_library_is_edited_in_each_class_loader() throws Throwable {
        Object before = library();
        listen("AsyncloopInLibraries", "orders.Library read <init> before end");
        Object again = before.getClass().getConstructor().newInstance();
        assertThat(told).containsExactly(again);
        Object other = library();
        assertThat(told).containsExactly(again, other);
    }

    /** The JDK's hooks have to be there; a library may have changed. */
    @Test
    void a_place_that_a_library_does_not_have_is_missing_by_itself() throws Throwable {
        HookSet<?> hooks = listen("AsyncloopNotInLibraries", "orders.Library read close before end");
        assertThat(hooks.missingInLibraries()).isEmpty();
        library();
        assertThat(hooks.missing()).isEmpty();
        assertThat(hooks.missingInLibraries()).hasSize(1);
    }

    /** Of a class that a new class loader has. */
    private static Object library() throws ReflectiveOperationException {
        Class<?> type = new ByteBuddy()
                .subclass(Object.class)
                .name("orders.Library")
                .make()
                .load(null)
                .getLoaded();
        return type.getConstructor().newInstance();
    }

    @Test
    void a_class_or_a_call_that_is_not_there_is_missing() throws UnmodifiableClassException {
        String events = "java.lang.NoSuchEvents";
        List<Hook> hooks = List.of(
                Hook.Tell.parse("java.util.StringTokenizer starting start before StringTokenizer.start7", events),
                Hook.Tell.parse("java.util.NoSuchClass constructed <init> before end", events));
        assertThat(HookTransformer.insert(instrumentation, hooks, true).missing())
                .containsExactlyInAnyOrderElementsOf(hooks);
        assertThat(hooks.getFirst()).hasToString("StringTokenizer.start7 in java.util.StringTokenizer.start");
    }

    /** What is not loaded when a test begins is not looked into there, on a JDK that this has run on. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void on_this_jdk_every_hook_has_its_place() throws Throwable {
        assertThat(ThreadOrigins.install(CurrentOwner::get)).isTrue();
        assertThat(DescriptorOrigins.install()).isTrue();
        assertThat(HookTable.OF_THIS_JVM.sets()).hasSize(4);
        for (HookSet<?> hooks : HookTable.OF_THIS_JVM.sets()) {
            for (Hook hook : inJdk(hooks)) {
                Class.forName(hook.place().target(), false, ClassLoader.getPlatformClassLoader());
            }
            assertThat(hooks.missing())
                    .filteredOn(HookTransformerTests::isOfThisJdk)
                    .isEmpty();
        }
    }

    /** Only on a JDK newer than those of the tests are the other methods looked into. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void on_this_jdk_no_call_is_in_a_method_that_the_tables_do_not_name() throws Exception {
        assertThat(DescriptorOrigins.install()).isTrue(); // registers them all
        assertThat(HookTable.OF_THIS_JVM.sets()).hasSize(4);
        for (HookSet<?> set : HookTable.OF_THIS_JVM.sets()) {
            for (Hook hook : inJdk(set).stream()
                    .filter(HookTransformerTests::isOfThisJdk)
                    .toList()) {
                byte[] code = code(hook.place().target());
                assertThat(places(code, hook, false))
                        .as(hook.toString())
                        .isPositive()
                        .isEqualTo(places(code, hook, true));
            }
        }
    }

    private static List<Hook> inJdk(HookSet<?> set) {
        return set.hooks().stream().filter(hook -> hook.place().isInJdk()).toList();
    }

    /** A {@code ForkJoinPool} delays jobs from JDK 25 on. */
    private static boolean isOfThisJdk(Hook hook) {
        return !hook.place()
                .method()
                .equals(Runtime.version().feature() >= 25 ? "getThrowableException" : "scheduleDelayedTask");
    }

    /** A loop knows a virtual thread by the class of its lambda, and an edited class has another. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void the_class_of_virtual_threads_is_not_edited() {
        assertThat(DescriptorOrigins.install()).isTrue(); // registers them all
        assertThat(HookTable.OF_THIS_JVM.sets())
                .flatMap(HookSet::hooks)
                .extracting(hook -> hook.place().target())
                .doesNotContain("java.lang.VirtualThread");
    }

    private static byte[] code(String name) throws IOException {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(name.replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }

    /** How many there are; of more than a few, nobody asks. */
    private static int places(byte[] code, Hook hook, boolean everywhere) {
        List<Hook> left = new ArrayList<>(Collections.nCopies(99, hook));
        HookInserter.edited(code, List.of(hook), left, everywhere);
        return 99 - left.size();
    }

    @Test
    void of_a_class_that_cannot_be_read_all_are_missing() throws UnmodifiableClassException {
        Hook hook = Hook.Tell.parse(
                "java.util.StringTokenizer constructed * after NoSuchCall.any", "java.lang.NoSuchEvents");
        HookTransformer transformer = HookTransformer.insert(instrumentation, List.of(hook), false);
        transformer.missing().clear();
        assertThat(transformer.transform(null, "java/util/StringTokenizer", null, null, new byte[0]))
                .isNull();
        assertThat(transformer.missing()).containsExactly(hook);
    }

    private boolean isLoaded(String name) {
        return Stream.of(instrumentation.getAllLoadedClasses())
                .anyMatch(type -> type.getName().equals(name));
    }

    private HookSet<?> listen(String events, String hook) throws Throwable {
        HookTable table = new HookTable();
        HookSet<Consumer<Consumer<Object>>> hooks = table.register(
                new HookSet<>(Receiver.class, "java.util.concurrent." + events, ConcurrentMap.class, hook));
        Consumer<Object> listener = told::add;
        table.listeners(hooks, instrumentation).accept(listener);
        assertThat(hooks.missing()).isEmpty();
        return hooks;
    }
}
