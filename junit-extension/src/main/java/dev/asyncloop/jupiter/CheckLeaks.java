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
 * Says what becomes of leaks: whether they fail the test, are warned of, or nobody hears of them.
 *
 * <p>On a test method, a test class (and its subclasses and nested classes), or a package. The nearest one that speaks
 * of a kind counts; of two on one element, the one that names the kind. Without it, the configuration parameter {@value
 * Constants#LEAKS_PARAMETER} counts, or else the kind's own default.
 */
@Documented
@Inherited
@Repeatable(CheckLeaks.All.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PACKAGE})
public @interface CheckLeaks {

    /** What becomes of them. */
    LeakMode value();

    /** The kinds that it is about; all, where none is named. */
    LeakKind[] kinds() default {};

    /** Several of them. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD, ElementType.PACKAGE})
    @interface All {

        /** Each. */
        CheckLeaks[] value();
    }
}
