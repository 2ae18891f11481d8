package dev.asyncloop.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test on an event loop, in a class whose other tests have none. It combines JUnit's {@link Test} with the
 * {@link AsyncLoopExtension}.
 *
 * <p>The set-up and tear-down of the test run on its loop too. A class whose tests all run on loops carries the
 * extension itself, by {@code @ExtendWith} or {@link LoopScope @LoopScope}, and its tests are {@code @Test}s. Only such
 * a class may have fixtures, and {@code @BeforeAll} methods on a loop.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Test
@ExtendWith(AsyncLoopExtension.class)
public @interface AsyncTest {}
