package dev.asyncloop.leak.holders;

import dev.asyncloop.jdk.ObjectFields;
import dev.asyncloop.jdk.References;
import dev.asyncloop.leak.exclusions.SearchRules;
import dev.asyncloop.leak.holders.Question.Place;
import dev.asyncloop.leak.subject.Holder.Root;
import dev.asyncloop.leak.text.ProjectCode;
import dev.asyncloop.origin.Owner;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Adds the roots of a search, and says whose each is. One thread. */
final class Roots {

    private final Walk walk;
    private final SearchRules rules;
    private final Question question;

    /** The places of the classes that the owner is in. */
    private final Map<Class<?>, Place> classes = new HashMap<>();

    Roots(Walk walk, SearchRules rules, Question question) {
        this.walk = walk;
        this.rules = rules;
        this.question = question;
        for (Place place : question.places()) {
            Class<?> type = place.surroundings().type();
            if (type != null) {
                classes.putIfAbsent(type, place);
            }
        }
    }

    /** What lives as long as the classes that the owner is in: their static fields and shared instances. */
    void addOwn() {
        for (Place place : question.places()) {
            for (Object instance : place.surroundings().instances()) {
                Root root = new Root(Root.Kind.INSTANCE, instance.getClass().getName(), "");
                walk.add(instance, new Start(root, place.owner(), false, null));
            }
            Class<?> type = place.surroundings().type();
            for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
                addOwnAndInherited(each);
            }
        }
    }

    private void addOwnAndInherited(Class<?> type) {
        for (Class<?> each = type; each != null && !References.isJdk(each); each = each.getSuperclass()) {
            addStatics(each, field -> true);
        }
    }

    /** The static fields of some of all classes, those of the project or the others. */
    void addStatics(Class<?>[] loaded, boolean ofProject, Predicate<Class<?>> which) {
        for (Class<?> each : loaded) {
            if (!References.isJdk(each) && which.test(each) && isOfProject(each) == ofProject) {
                addStatics(each, field -> true);
            }
        }
    }

    private boolean isOfProject(Class<?> type) {
        return classes.containsKey(type) || ProjectCode.isInFolder(type);
    }

    /** What extensions keep for the classes that the owner is in, and then for the run. */
    void addStores() {
        Object ofRun = null;
        for (Place place : question.places()) {
            Class<?> type = place.surroundings().type();
            Object store = storeIn(place.surroundings().store());
            if (store != null && type != null) {
                walk.add(store, new Start(new Root(Root.Kind.STORE, type.getName(), ""), place.owner(), false, null));
            }
            ofRun = ofRun == null ? place.surroundings().storeOfRun() : ofRun;
        }
        for (Object store = storeIn(ofRun); store != null; store = storeIn(store)) {
            walk.add(store, new Start(new Root(Root.Kind.STORE, "", ""), null, false, null));
        }
    }

    /** The store that an object has, which may be a context or another store; null if it has none. */
    private @Nullable Object storeIn(@Nullable Object object) {
        if (object == null) {
            return null;
        }
        for (Class<?> each = object.getClass(); each != null; each = each.getSuperclass()) {
            for (Field field : ObjectFields.declaredBy(each)) {
                if (!Modifier.isStatic(field.getModifiers()) && rules.isHolder(field.getType())) {
                    return ObjectFields.reference(object, ObjectFields.offsetOf(field));
                }
            }
        }
        return null;
    }

    /** Adds static fields of a class, if the class is one whose fields may hold things. */
    void addStatics(Class<?> type, Predicate<Field> which) {
        if (type.isArray() || type.isPrimitive() || rules.isHidden(type) || isOfOwner(type)) {
            return;
        }
        if (!ObjectFields.isInitialised(type)) {
            return;
        }
        boolean holds = isOfProject(type);
        for (Field field : StaticFields.of(type)) {
            if (which.test(field) && !rules.isHidden(field)) {
                addStatic(field, holds);
            }
        }
    }

    private void addStatic(Field field, boolean holds) {
        Object value = ObjectFields.staticReference(field);
        if (value == null) {
            return;
        }
        boolean ofLibrary = !holds && !rules.isHolder(value.getClass());
        if (!(ofLibrary && (Walk.isCollection(value) || value instanceof ThreadLocal))) {
            Root root = new Root(Root.Kind.STATIC, field.getDeclaringClass().getName(), field.getName());
            walk.add(value, new Start(root, ownerOf(field, value), ofLibrary, field));
        }
    }

    /**
     * The class that a static field belongs to, if the owner is in it and the field can be cleared at its end. Another
     * may be for all.
     */
    private @Nullable Owner ownerOf(Field field, Object value) {
        if (Modifier.isFinal(field.getModifiers()) && !Walk.isCollection(value)) {
            return null;
        }
        Place own = classes.get(field.getDeclaringClass());
        return own != null ? own.owner() : ownerAround(field.getDeclaringClass());
    }

    /** The outermost class of the owner, if {@code type} encloses it. */
    private @Nullable Owner ownerAround(Class<?> type) {
        for (Place place : question.places().reversed()) {
            Class<?> of = place.surroundings().type();
            for (Class<?> each = of; each != null; each = each.getEnclosingClass()) {
                if (each == type) {
                    return place.owner();
                }
            }
        }
        return null;
    }

    /** Whether the owner made the loader of a class. */
    private boolean isOfOwner(Class<?> type) {
        if (!question.loaders().isEmpty()) {
            for (ClassLoader each = type.getClassLoader(); each != null; each = each.getParent()) {
                if (question.loaders().contains(each)) {
                    return true;
                }
            }
        }
        return false;
    }
}
