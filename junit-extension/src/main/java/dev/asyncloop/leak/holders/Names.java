package dev.asyncloop.leak.holders;

/** The names of classes, as a reader of Java knows them. */
final class Names {

    private Names() {}

    /** The name without its package, such as {@code Outer.Inner}; for a lambda, that of the class around it. */
    static String of(Class<?> type) {
        if (type.isArray()) {
            return of(type.getComponentType()) + "[]";
        }
        String name = type.getName();
        if (type.isHidden()) {
            int end = name.indexOf("$$");
            return "lambda of " + last(end < 0 ? name : name.substring(0, end));
        }
        return last(name);
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }
}
