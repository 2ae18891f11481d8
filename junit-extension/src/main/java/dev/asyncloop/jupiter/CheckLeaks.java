package dev.asyncloop.jupiter;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakMode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what becomes of leaks: whether they fail the test, are a warning, or are ignored.
 *
 * <p>It stands on a test method, on a test class with its subclasses and nested classes, or on a package. For each
 * kind, the nearest annotation that covers the kind counts; of two on one element, the one that names the kind. Without
 * any, the configuration parameter {@value Constants#LEAKS_PARAMETER} counts, or else the default of the kind.
 */
@Documented
@Inherited
@Repeatable(CheckLeaks.All.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PACKAGE})
public @interface CheckLeaks {

    /** What becomes of the leaks. */
    LeakMode value();

    /** The kinds of leaks that this is about; all kinds if none is named. */
    LeakKind[] kinds() default {};

    /** Several of these annotations on one element. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD, ElementType.PACKAGE})
    @interface All {

        /** The annotations. */
        CheckLeaks[] value();
    }
}
