package dev.asyncloop;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Holds the types of the jar to rooms that one can take apart: a knot, types that all depend on each other, is small and lies in one room.
 *
 * <p>A room is a package below one of the main packages, such as {@code loop.core}. The main package itself is none: it has the facade above
 * its rooms, and the plain types below them.
 */
class KnotTests {

    /** So many types may depend on each other in a circle. */
    private static final int LARGEST = 45;

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.asyncloop");

    private static final List<Set<JavaClass>> KNOTS = Cycles.of(MAIN, "dev.asyncloop");

    @Test
    void no_knot_is_larger_than_one_can_hold_in_mind() {
        assertThat(KNOTS)
                .isNotEmpty()
                .allSatisfy(knot -> assertThat(names(knot)).hasSizeLessThanOrEqualTo(LARGEST));
    }

    @Test
    void no_knot_runs_through_two_rooms() {
        assertThat(KNOTS)
                .allSatisfy(knot -> assertThat(knot.stream()
                                .map(KnotTests::room)
                                .filter(room -> !room.isEmpty())
                                .distinct())
                        .as("the rooms of the knot of %s", names(knot))
                        .hasSizeLessThanOrEqualTo(1));
    }

    private static List<String> names(Set<JavaClass> knot) {
        return knot.stream().map(JavaClass::getName).sorted().toList();
    }

    /** Empty for a type of a main package. */
    private static String room(JavaClass type) {
        String[] names = type.getPackageName().split("\\.");
        return names.length > 3 ? type.getPackageName() : "";
    }
}
