package dev.asyncloop.leak.holders;

import dev.asyncloop.leak.subject.Holder;
import dev.asyncloop.leak.subject.Holder.Closer;
import dev.asyncloop.leak.subject.Holder.Step;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes a path that a search has found, and what on it can be closed. One thread. */
final class PathOf {

    private static final List<String> CLOSERS = List.of("close", "shutdown", "shutdownGracefully", "stop", "dispose");

    /** How many objects at the beginning and at the end of a path are described: a list may be a long way. */
    private static final int MOST_AT_EACH_END = 20;

    private final Walk walk;
    private final List<Integer> way;

    PathOf(Walk walk, List<Integer> way) {
        this.walk = walk;
        this.way = way;
    }

    Holder.Path holder(Start start) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < way.size(); i++) {
            if (i < MOST_AT_EACH_END || i >= way.size() - MOST_AT_EACH_END) {
                steps.add(step(way.get(i)));
            }
        }
        return new Holder.Path(start.root(), steps, closer());
    }

    private Step step(int at) {
        String by = walk.by(at) instanceof Field field ? field.getName() : "";
        return new Step(by, Names.of(walk.object(at).getClass()));
    }

    /**
     * The first object that its user can close, before any collection: what is in a collection is one of many, and the
     * collection's owner closes it.
     */
    private @Nullable Closer closer() {
        for (int at : way.subList(0, Math.min(way.size(), MOST_AT_EACH_END))) {
            Object object = walk.object(at);
            if (object instanceof Collection || object instanceof Map || object instanceof Object[]) {
                return null;
            }
            if (!(object instanceof Thread)) {
                for (String name : CLOSERS) {
                    if (has(object.getClass(), name)) {
                        return new Closer(Names.of(object.getClass()), name);
                    }
                }
            }
        }
        return null;
    }

    private static boolean has(Class<?> type, String name) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            try {
                Method method = each.getDeclaredMethod(name);
                if (Modifier.isPublic(method.getModifiers())) {
                    return true;
                }
            } catch (NoSuchMethodException | LinkageError none) {
                // the next
            }
        }
        return false;
    }
}
