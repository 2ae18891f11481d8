package dev.asyncloop.leak.holders;

import dev.asyncloop.jdk.ObjectFields;
import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.stream.Stream;

/**
 * The static fields of classes that may refer to something. They are found once for each class: an application has tens
 * of thousands, and to ask for the fields of all makes so much garbage that it is collected while a search goes on. Any
 * thread.
 */
final class StaticFields {

    private static final Field[] NO_FIELDS = {};
    private static final Reference<Field[]> NONE = new SoftReference<>(NO_FIELDS);

    /** Softly, since a field refers to its class. Under the class's monitor. */
    private static final Map<Class<?>, Reference<Field[]>> KNOWN = new WeakHashMap<>();

    private StaticFields() {}

    /** The fields of a class; none if the type of one of them cannot be loaded. */
    static synchronized Field[] of(Class<?> type) {
        Reference<Field[]> known = KNOWN.get(type);
        Field[] fields = known == null ? null : known.get();
        if (fields == null) {
            fields = read(type);
            KNOWN.put(type, fields.length == 0 ? NONE : new SoftReference<>(fields));
        }
        return fields;
    }

    private static Field[] read(Class<?> type) {
        return Stream.of(ObjectFields.declaredBy(type))
                .filter(field -> Modifier.isStatic(field.getModifiers()) && !Targets.isLeaf(field.getType()))
                .toArray(Field[]::new);
    }
}
