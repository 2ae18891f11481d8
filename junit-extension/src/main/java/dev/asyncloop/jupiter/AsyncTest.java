package dev.asyncloop.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test on an event loop, in a class whose other tests have none: JUnit's {@link Test} and the {@link
 * AsyncLoopExtension} in one.
 *
 * <p>Set-up and tear-down of that test run on its loop with it. A class whose tests all have one carries the extension
 * itself, by {@code @ExtendWith} or {@link LoopScope @LoopScope}, and its tests are {@code @Test}s; fixtures, and
 * {@code @BeforeAll} on a loop, need that.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Test
@ExtendWith(AsyncLoopExtension.class)
public @interface AsyncTest {}
