package dev.asyncloop;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
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
import java.util.List;
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
        report         -> leak
        assertj        -> loop, leak
        testcontainers -> origin, loop, leak, jupiter
        """;

    /** Of the rooms of {@code leak}, each with the others that it may use; all may use {@code leak} itself. */
    private static final String ROOMS_OF_LEAK = """
        subject     ->
        text        -> subject
        verdict     -> subject
        exclusions  ->
        detect      -> subject
        descriptors -> subject, text, exclusions, detect
        holders     -> subject, text, exclusions, detect, descriptors
        growth      -> text, detect, descriptors, holders
        account     -> text, verdict, exclusions, detect, descriptors, holders
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
    void arrows_between_the_rooms_of_leak_go_one_way() {
        String leak = "dev.asyncloop.leak";
        List<String> rooms =
                ROOMS_OF_LEAK.lines().map(line -> line.split("\\W+")[0]).toList();
        assertThat(MAIN.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith(leak + "."))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        rooms.stream().map(room -> leak + "." + room).toList());
        ROOMS_OF_LEAK
                .lines()
                .map(line -> line.split("\\W+"))
                .forEach(names -> classes()
                        .that()
                        .resideInAPackage(leak + "." + names[0])
                        .should()
                        .onlyDependOnClassesThat(resideOutsideOfPackage(leak + ".*")
                                .or(resideInAnyPackage(Stream.of(names)
                                        .map(name -> leak + "." + name)
                                        .toArray(String[]::new))))
                        .check(MAIN));
    }

    /** What {@code leak} exports calls its rooms, and they speak of what it exports; so their types are looked at. */
    @Test
    void no_cycle_of_types_runs_through_two_rooms_of_leak() {
        assertThat(Cycles.of(MAIN, "dev.asyncloop.leak"))
                .filteredOn(cycle ->
                        cycle.stream().map(JavaClass::getPackageName).distinct().count() > 1)
                .isEmpty();
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
    void the_rooms_of_jupiter_form_no_cycle() {
        slices().matching("dev.asyncloop.jupiter.(*)..")
                .should()
                .beFreeOfCycles()
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
