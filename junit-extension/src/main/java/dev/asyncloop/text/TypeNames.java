package dev.asyncloop.text;

/** The short names of classes, for messages. No class is initialised, and nothing is thrown. Any thread. */
public final class TypeNames {

    private TypeNames() {}

    /**
     * The simple name of a class. A class without a name that its user would know, such as an anonymous or generated
     * one, goes by its nearest superclass that has one, or else by its first interface.
     */
    public static String of(Class<?> type) {
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            String name = simpleName(each);
            if (!name.isEmpty()) {
                return name;
            }
        }
        for (Class<?> each : type.getInterfaces()) {
            return of(each);
        }
        return Object.class.getSimpleName();
    }

    /** The name of that class itself; empty if it has none. */
    private static String simpleName(Class<?> type) {
        if (type.isHidden()) {
            return "";
        }
        try {
            String name = type.getSimpleName();
            return isGenerated(name) ? "" : name;
        } catch (LinkageError broken) { // a class around it is missing
            return type.getName().substring(type.getName().lastIndexOf('.') + 1).replaceFirst(".*\\$(?=\\D)", "");
        }
    }

    /**
     * Whether a compiler or a library made up that name: a proxy, a mock, or a class within another that does not say
     * so. A dollar at the end is that of an object of Scala.
     */
    private static boolean isGenerated(String name) {
        int dollar = name.indexOf('$');
        return dollar >= 0 && dollar < name.length() - 1;
    }
}
