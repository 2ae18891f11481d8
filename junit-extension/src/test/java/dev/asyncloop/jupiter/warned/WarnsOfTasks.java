package dev.asyncloop.jupiter.warned;

import dev.asyncloop.jupiter.CheckLeaks;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakMode;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A composed annotation, as a project may have, and one of that. */
@CheckLeaks(value = LeakMode.WARN, kinds = LeakKind.PENDING_TASK)
@Retention(RetentionPolicy.RUNTIME)
public @interface WarnsOfTasks {

    /** Has it at second hand. */
    @WarnsOfTasks
    @Retention(RetentionPolicy.RUNTIME)
    @interface Also {}
}
