package dev.asyncloop.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the loop of a test a {@link dev.asyncloop.loop.VirtualClock}, on which waiting takes no time:
 * {@code Asyncio.sleep} of 35 hours is over in a moment.
 *
 * <p>On a class, it holds for the class, its subclasses and its nested classes, and also for {@code @BeforeAll} and
 * {@code @AfterAll}; on a test method, for that test, from its constructor to the end of its tear-down. It brings the
 * {@link AsyncLoopExtension} with it, and can be used as a meta-annotation. Constructors and methods may have a
 * parameter of type {@code VirtualClock}, to let time pass by hand.
 *
 * <h2>Limits</h2>
 *
 * <p>Only the loop's own timers and sleeps follow the clock. {@code Thread.sleep} and the JDK's other waits take real
 * time. All tests on one loop have one clock. If tests share the loop of their class, the annotation belongs on that
 * class, and a test begins at the time that the tests before it have left. If they do not, the loop of the
 * {@code @BeforeAll} and {@code @AfterAll} methods has a clock of its own, and periodic work on it repeats as fast as
 * it can.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(AsyncLoopExtension.class)
public @interface VirtualTime {}
