package dev.asyncloop.leak.holders;

import dev.asyncloop.leak.subject.Holder.Root;
import dev.asyncloop.origin.Owner;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Where a search begins, and whose the things are that it leads to.
 *
 * @param owner the owner that lives as long as the root; null if the root lives as long as the run
 * @param isOfLibrary whether it is a library's: then a collection right there is a list of everything of a kind, made
 *     for the end of the JVM or for look-ups, and holds nothing
 * @param field the static field; null if it is none
 */
record Start(
        Root root,
        @Nullable Owner owner,
        boolean isOfLibrary,
        @Nullable Field field) {}
