package dev.asyncloop.jdk;

/**
 * A place in a class of the JDK where something is opened, closed, begun or read.
 *
 * @param target the class, by its full name
 * @param told the class to call there, by its full name
 * @param event the method of it to call; one in -ing before it happens
 * @param method the method that has the place; {@link #ANY} where it may be in several
 * @param member the call or field access that marks the place, such as {@code EPoll.create}; {@link #END} for the end of the method,
 *     {@link #ELEMENTS} for what it reads from arrays
 */
record Hook(String target, String told, String event, String method, String member) {

    private static final String ANY = "*";
    private static final String END = "end";
    private static final String ELEMENTS = "[]";

    /** From a line of a table with four columns: in which class, what happens, in which method, at what. */
    static Hook parse(String line, String told) {
        String[] columns = line.strip().split(" +");
        return new Hook(columns[0], told, columns[1], columns[2], columns[3]);
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

    /** Whether the place is where {@code aMethod} returns. */
    boolean isEndOf(String aMethod) {
        return member.equals(END) && method.equals(aMethod);
    }

    /** Whether the place is where {@code aMethod} has read an element. */
    boolean isReadIn(String aMethod) {
        return member.equals(ELEMENTS) && method.equals(aMethod);
    }

    /** Whether the place is in {@code aMethod}, going by the table. */
    boolean isIn(String aMethod) {
        return method.equals(aMethod) || method.equals(ANY);
    }

    /** Whether it is a call, which another JDK may have elsewhere. */
    boolean isCall() {
        return member.contains(".");
    }

    @Override
    public String toString() {
        return member + " in " + target + "." + method;
    }
}
