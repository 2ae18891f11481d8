/** A package whose tests are only warned of pending tasks. */
@CheckLeaks(value = LeakMode.WARN, kinds = LeakKind.PENDING_TASK)
@org.jspecify.annotations.NullMarked
package dev.asyncloop.jupiter.warned;

import dev.asyncloop.jupiter.CheckLeaks;
import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.LeakMode;
