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
 * Allows one known leak, on a test method or on a test class with its subclasses and nested classes.
 *
 * <p>After the class, a warning names the allowances that allowed nothing, so that none outlives its leak.
 */
@Documented
@Inherited
@Repeatable(AllowLeak.All.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface AllowLeak {

    /** The kind of the leak. */
    LeakKind kind();

    /** A part of the leak's description, or of a line of its stacks, as the message shows them. */
    String match();

    /** Why it may stay, for whoever reads the code. Without a reason, nothing is allowed. */
    String reason();

    /** Several allowances on one element. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface All {

        /** The allowances. */
        AllowLeak[] value();
    }
}
