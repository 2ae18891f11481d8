package dev.asyncloop;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.asyncloop.jupiter.Constants;
import dev.asyncloop.loop.Asyncio;
import dev.asyncloop.loop.CancelledException;
import dev.asyncloop.loop.Handle;
import dev.asyncloop.loop.ThrowingRunnable;
import dev.asyncloop.loop.TimerHandle;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the packages to the arrows between them; {@code docs/design.md} says why they point as they do. */
class ArchitectureTests {

    /** A package, and those of ours that it may use. */
    private static final String ARROWS = """
        text           ->
        origin         ->
        agent          -> text
        jdk            -> text, origin, agent
        registers      -> text, origin, agent, jdk
        loop           -> text, origin, agent, jdk, registers
        leak           -> text, origin, jdk, registers, loop
        jupiter        -> text, origin, agent, jdk, loop, leak
        assertj        -> text, origin, loop, leak
        testcontainers -> text, origin, loop, leak, jupiter
        """;

    /** A room of a package, and the other rooms of the same package that it may use; all may use the plain types of the package itself. */
    private static final String ARROWS_BETWEEN_ROOMS = """
        origin.trace     ->
        loop.core        ->
        loop.schedule    -> loop.core
        loop.time        -> loop.core
        loop.pools       -> loop.core
        loop.watch       -> loop.core, loop.pools
        loop.executors   -> loop.core
        loop.groups      -> loop.core
        loop.generators  -> loop.core, loop.groups, loop.snapshot
        loop.main        -> loop.core, loop.watch
        loop.snapshot    -> loop.core, loop.watch
        loop.account     -> loop.core, loop.main, loop.snapshot
        leak.subject     ->
        leak.text        -> leak.subject
        leak.verdict     -> leak.subject
        leak.exclusions  ->
        leak.detect      -> leak.subject, leak.text
        leak.descriptors -> leak.subject, leak.text, leak.exclusions, leak.detect
        leak.leftovers   -> leak.subject, leak.text, leak.exclusions, leak.detect, leak.descriptors
        leak.holders     -> leak.subject, leak.text, leak.exclusions, leak.detect
        leak.process     -> leak.subject, leak.detect, leak.descriptors, leak.leftovers, leak.holders
        leak.growth      -> leak.text, leak.detect, leak.descriptors, leak.leftovers
        leak.account     -> leak.text, leak.verdict, leak.exclusions, leak.detect, leak.descriptors, leak.leftovers, leak.process
        testcontainers.engine ->
        jupiter.settings ->
        jupiter.leaks    -> jupiter.settings
        jupiter.session  -> jupiter.settings, jupiter.leaks
        """;

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.asyncloop");

    @Test
    void the_scan_found_the_classes() {
        assertThat(MAIN).hasSizeGreaterThan(20);
        assertThat(MAIN).noneMatch(type -> type.getName().equals(ArchitectureTests.class.getName()));
    }

    @Test
    void arrows_between_packages_go_one_way() {
        ARROWS.lines()
                .map(line -> line.split("\\W+"))
                .forEach(names -> classes()
                        .that()
                        .resideInAnyPackage(packages(names[0]))
                        .should()
                        .onlyDependOnClassesThat(
                                resideOutsideOfPackage("dev.asyncloop..").or(resideInAnyPackage(packages(names))))
                        .allowEmptyShould(true)
                        .check(MAIN));
    }

    @Test
    void every_package_has_its_arrows() {
        String[] known = ARROWS.lines().map(line -> line.split("\\W+")[0]).toArray(String[]::new);
        classes().should().resideInAnyPackage(packages(known)).check(MAIN);
    }

    @Test
    void arrows_between_rooms_go_one_way() {
        ARROWS_BETWEEN_ROOMS
                .lines()
                .map(line -> line.split("[^\\w.]+"))
                .forEach(names -> classes()
                        .that()
                        .resideInAPackage(package_(names[0]))
                        .should()
                        .onlyDependOnClassesThat(resideOutsideOfPackage(roomsAround(names[0]))
                                .or(resideInAnyPackage(Stream.of(names)
                                        .map(ArchitectureTests::package_)
                                        .toArray(String[]::new))))
                        .check(MAIN));
    }

    @Test
    void every_room_has_its_arrows() {
        assertThat(MAIN.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.split("\\.").length > 3)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(ARROWS_BETWEEN_ROOMS
                        .lines()
                        .map(line -> package_(line.split("[^\\w.]+")[0]))
                        .toList());
    }

    private static String package_(String name) {
        return "dev.asyncloop." + name;
    }

    /** All rooms of the same package. */
    private static String roomsAround(String room) {
        return package_(room.split("\\.")[0]) + ".*";
    }

    /** So that it can be taken, tested and changed without what is built on it. */
    @Test
    void the_core_of_the_loop_knows_of_the_public_types_only_what_it_hands_out_and_throws() {
        classes()
                .that()
                .resideInAPackage("dev.asyncloop.loop.core")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("dev.asyncloop.loop")
                        .or(belongToAnyOf(
                                Handle.class, TimerHandle.class, CancelledException.class, ThrowingRunnable.class)))
                .check(MAIN);
    }

    @Test
    void nobody_below_the_facade_calls_it() {
        noClasses()
                .that()
                .resideInAPackage("dev.asyncloop.loop.*")
                .should()
                .dependOnClassesThat(belongToAnyOf(Asyncio.class))
                .check(MAIN);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("dev.asyncloop.(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void only_what_is_for_junit_knows_junit() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.asyncloop.agent..",
                        "dev.asyncloop.jdk..",
                        "dev.asyncloop.registers..",
                        "dev.asyncloop.loop..",
                        "dev.asyncloop.leak..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(MAIN);
    }

    @Test
    void exclusions_know_nothing_of_who_asks() {
        noClasses()
                .that()
                .resideInAPackage("dev.asyncloop.leak.exclusions..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.asyncloop.leak", "dev.asyncloop.loop..")
                .check(MAIN);
    }

    @Test
    void the_rooms_of_jupiter_know_the_annotations_and_not_the_glue() {
        noClasses()
                .that()
                .resideInAPackage("dev.asyncloop.jupiter.(*)..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.asyncloop.jupiter")
                        .and(describe(
                                "are the glue",
                                type -> !type.isAnnotation()
                                        && !type.isEnum()
                                        && !type.isEquivalentTo(Constants.class))))
                .check(MAIN);
    }

    @Test
    void sessions_know_no_junit() {
        noClasses()
                .that()
                .resideInAPackage("dev.asyncloop.jupiter.session..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(MAIN);
    }

    @Test
    void only_the_jdk_package_touches_jdk_internals() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.asyncloop.jdk..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sun..", "jdk.internal..")
                .check(MAIN);
    }

    @Test
    void nothing_writes_to_the_standard_streams() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(MAIN);
    }

    @Test
    void every_package_is_null_marked() {
        assertThat(MAIN.stream().map(JavaClass::getPackage).distinct())
                .filteredOn(type -> !type.isAnnotatedWith(NullMarked.class))
                .extracting(JavaPackage::getName)
                .isEmpty();
    }

    private static String[] packages(String... names) {
        return Stream.of(names).map(name -> "dev.asyncloop." + name + "..").toArray(String[]::new);
    }
}
