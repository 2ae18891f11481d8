package dev.asyncloop.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the loop of a test a {@link dev.asyncloop.loop.time.VirtualClock}, on which waiting takes no time: {@code Asyncio.sleep} of
 * 35 hours is over in a moment.
 *
 * <p>On a class it holds for the class, its subclasses and its nested classes, and for {@code @BeforeAll} and
 * {@code @AfterAll} too; on a test method for that test, from its constructor to the end of its tear-down. It can be used as a
 * meta-annotation, and brings the {@link AsyncLoopExtension} with it. Constructors and methods may have a parameter of type
 * {@code VirtualClock}, to let time pass by hand.
 *
 * <h2>Limits</h2>
 *
 * <p>Only the loop's own timers and sleeps follow the clock; {@code Thread.sleep} and what else the JDK waits for take the
 * time they take. All tests on one loop have one clock: where they share the loop of their class, the annotation belongs on
 * that class, and what a test finds is the time that those before it have left. Where they do not, the loop of the class's own
 * methods has a clock for itself, and periodic work that they leave on it comes round as fast as it can.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(AsyncLoopExtension.class)
public @interface VirtualTime {}
