package dev.asyncloop.agent;

/**
 * A place in the code of the JDK, or several of a kind.
 *
 * @param target the class, by its full name
 * @param method the method that has the place; {@link #ANY} for any method
 * @param member the call or field access that marks the place, such as {@code EPoll.create}; {@link #END} for the end
 *     of the method, {@link #ELEMENTS} for what it reads from arrays
 */
public record Place(String target, String method, String member) {

    private static final String ANY = "*";
    private static final String END = "end";
    private static final String ELEMENTS = "[]";

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

    /** Whether a call or field access marks it; another JDK may have that in another method. */
    boolean isCall() {
        return member.contains(".");
    }

    @Override
    public String toString() {
        return member + " in " + target + "." + method;
    }
}
