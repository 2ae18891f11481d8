package dev.asyncloop.samples.containers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Needs a Docker engine. Where none answers, the test or class is skipped, and the reason says what is missing; where the environment
 * has {@code CONTAINERS=required}, it fails with that reason instead.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(ContainersCondition.class)
public @interface EnabledIfContainers {}
