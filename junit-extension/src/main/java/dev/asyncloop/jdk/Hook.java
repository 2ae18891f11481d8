package dev.asyncloop.jdk;

/**
 * A place in a class of the JDK where something is opened, closed, begun or read.
 *
 * @param target the class, by its full name
 * @param told the class to call there, by its full name
 * @param event the method of it to call; one in -ing before it happens
 * @param member the call or field access that marks the place, such as {@code EPoll.create}; {@link #CONSTRUCTORS} for the end of
 *     each constructor; a method's name and {@link #ELEMENTS} for what it reads from arrays
 */
record Hook(String target, String told, String event, String member) {

    private static final String CONSTRUCTORS = "<init>";
    private static final String ELEMENTS = "[]";

    /** From a line of a table with three columns: in which class, what happens, at what. */
    static Hook parse(String line, String told) {
        String[] columns = line.strip().split(" +");
        return new Hook(columns[0], told, columns[1], columns[2]);
    }

    /** Whether the event is told before the call that marks the place, not after it. */
    boolean comesFirst() {
        return event.endsWith("ing");
    }

    /** Whether a class file's reference to a member is the one that marks the place. */
    boolean isMarkedBy(String ownersInternalName, String name) {
        String owner = ownersInternalName.substring(ownersInternalName.lastIndexOf('/') + 1);
        return member.equals(owner.concat(".").concat(name));
    }

    /** Whether the place is where {@code method} returns. */
    boolean isEndOf(String method) {
        return member.equals(CONSTRUCTORS) && method.equals(CONSTRUCTORS);
    }

    /** Whether the place is where {@code method} has read an element. */
    boolean isReadIn(String method) {
        return member.length() == method.length() + ELEMENTS.length()
                && member.startsWith(method)
                && member.endsWith(ELEMENTS);
    }

    /** Whether {@code method} may have the place; most methods need not be looked into. */
    boolean mayBeIn(String method) {
        return isEndOf(method) || isReadIn(method) || member.contains(".");
    }

    @Override
    public String toString() {
        return member + " in " + target;
    }
}
