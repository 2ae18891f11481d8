package dev.asyncloop.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Leaves the tests of a class to JUnit, as if the extension were not there: they run on no loop, and nobody looks for
 * what they leave. It is for JUnit's auto-detection, which gives the extension to all classes.
 *
 * <p>On a class it holds for the class, its subclasses and its nested classes; on a package, for the classes in it. The
 * configuration parameter {@value Constants#WITHOUT_PARAMETER} does the same for classes by their names.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.PACKAGE})
public @interface WithoutAsyncLoop {}
