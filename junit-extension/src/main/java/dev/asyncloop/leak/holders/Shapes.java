package dev.asyncloop.leak.holders;

import dev.asyncloop.jdk.ObjectFields;
import dev.asyncloop.jdk.References;
import dev.asyncloop.leak.exclusions.SearchRules;
import dev.asyncloop.leak.text.ProjectCode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which fields of the objects of a class a search follows. One thread. */
final class Shapes {

    private static final Shape LEAF = new Shape(List.of(), new long[0], false, -1, List.of());

    private final Map<Class<?>, Shape> known = new HashMap<>();
    private final SearchRules rules;
    private final Targets targets;

    /** Whether the values of thread-locals count. */
    private final boolean threadLocals;

    /**
     * A class, as the search sees it.
     *
     * @param fields the fields that are followed, with the offset of each
     * @param target whether its objects may be searched for
     * @param number the offset of the number of a descriptor that is searched for by number; -1 if there is none
     * @param constants the static fields of a library's class that may have an object of the class itself
     */
    record Shape(List<Field> fields, long[] offsets, boolean target, long number, List<Field> constants) {

        /**
         * Whether {@code object} is a library's singleton, wherever the search comes from: a collection of it is a list of
         * everything of a kind, as it is for one that is a root.
         */
        boolean isSingleton(Object object) {
            for (Field constant : constants) {
                if (ObjectFields.staticReference(constant) == object) {
                    return true;
                }
            }
            return false;
        }
    }

    Shapes(SearchRules rules, Targets targets, boolean threadLocals) {
        this.rules = rules;
        this.targets = targets;
        this.threadLocals = threadLocals;
    }

    Shape of(Class<?> type) {
        Shape shape = known.get(type);
        if (shape == null) {
            shape = read(type);
            known.put(type, shape);
        }
        return shape;
    }

    private Shape read(Class<?> type) {
        boolean target = targets.mayBe(type);
        List<Field> fields = new ArrayList<>();
        long number = -1;
        if (!isEnd(type)) {
            String numberField = targets.numberField(type);
            for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
                for (Field field : ObjectFields.declaredBy(each)) {
                    if (field.getName().equals(numberField) && each == type) {
                        number = ObjectFields.offsetOf(field);
                    } else if (isFollowed(field)) {
                        fields.add(field);
                    }
                }
            }
        }
        return fields.isEmpty() && !target && number < 0
                ? LEAF
                : new Shape(
                        fields,
                        fields.stream().mapToLong(ObjectFields::offsetOf).toArray(),
                        target,
                        number,
                        constants(type));
    }

    private List<Field> constants(Class<?> type) {
        return References.isJdk(type) || ProjectCode.isInFolder(type) || rules.isHolder(type)
                ? List.of()
                : Stream.of(StaticFields.of(type))
                        .filter(field -> field.getType().isAssignableFrom(type))
                        .toList();
    }

    private boolean isEnd(Class<?> type) {
        return References.endAt(type) || rules.isHidden(type) || !threadLocals && References.isOfThreadLocals(type);
    }

    private boolean isFollowed(Field field) {
        return !Modifier.isStatic(field.getModifiers())
                && !Targets.isLeaf(field.getType())
                && (References.isJdk(field.getDeclaringClass())
                        ? References.hold(field) || threadLocals && References.isThreadLocals(field)
                        : !rules.isHidden(field));
    }
}
