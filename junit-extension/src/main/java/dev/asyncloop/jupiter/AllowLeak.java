package dev.asyncloop.jupiter;

import dev.asyncloop.leak.LeakKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets one known leak pass, on a test method or a test class (and its subclasses and nested classes).
 *
 * <p>After the class, a warning names those that allowed nothing, so that they do not outlive what they were for.
 */
@Documented
@Inherited
@Repeatable(AllowLeak.All.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface AllowLeak {

    /** What kind it is of. */
    LeakKind kind();

    /** A part of its description, or of a line of where it was created or waits, as the message shows them. */
    String match();

    /** Why it may be: for whoever reads it. Without one, it allows nothing. */
    String reason();

    /** Several of them. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface All {

        /** Each. */
        AllowLeak[] value();
    }
}
