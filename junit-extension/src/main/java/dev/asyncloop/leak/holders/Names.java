package dev.asyncloop.leak.holders;

import dev.asyncloop.jdk.References;
import dev.asyncloop.text.TypeNames;
import java.lang.reflect.Modifier;

/** The names of classes, as a reader of Java knows them. */
final class Names {

    private Names() {}

    /** The simple name; for a lambda, that of the class around it; for a hidden class of the JDK, that of a known one. */
    static String of(Class<?> type) {
        if (type.isHidden()) {
            String name = type.getName();
            int end = name.indexOf("$$");
            return "lambda of " + last(end < 0 ? name : name.substring(0, end));
        }
        return References.isJdk(type) && !type.isArray() ? ofJdk(type) : TypeNames.of(type);
    }

    /** The name of the nearest class that a user may know. */
    private static String ofJdk(Class<?> type) {
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            if (isKnown(each)) {
                return TypeNames.of(each);
            }
        }
        return TypeNames.of(type);
    }

    private static boolean isKnown(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && type.getModule().isExported(type.getPackageName())
                && !type.getPackageName().endsWith(".spi");
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }
}
