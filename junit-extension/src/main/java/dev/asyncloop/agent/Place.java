package dev.asyncloop.agent;

import java.util.List;

/**
 * A place in the code of the JDK or of a library, or several of a kind.
 *
 * @param target the class, by its full name
 * @param method the method that has the place, perhaps with its descriptor; {@link #ANY} for any method
 * @param member the call or field access that marks the place, such as {@code EPoll.create}; {@link #END} for the end
 *     of the method, {@link #ELEMENTS} for what it reads from arrays, {@link #BEGINNING} and two numbers of local
 *     variables, such as {@code locals:1,0}, for the beginning of the method, where those are passed on
 */
public record Place(String target, String method, String member) {

    private static final String ANY = "*";
    private static final String END = "end";
    private static final String ELEMENTS = "[]";
    private static final String BEGINNING = "locals:";
    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.");

    /** Whether a class file's reference to a member is the one that marks the place. */
    boolean isMarkedBy(String ownersInternalName, String name) {
        String owner = ownersInternalName.substring(ownersInternalName.lastIndexOf('/') + 1);
        return member.equals(owner.concat(".").concat(name));
    }

    /** Whether the place is where {@code aMethod} returns. */
    boolean isEndOf(String aMethod) {
        return member.equals(END) && method.equals(aMethod);
    }

    /** Whether the place is where a method of that name and descriptor begins. */
    boolean isBeginningOf(String name, String descriptor) {
        return member.startsWith(BEGINNING) && (method.equals(name) || method.equals(name.concat(descriptor)));
    }

    /** The numbers of the two local variables that are passed on at the beginning of the method. */
    int[] locals() {
        int comma = member.indexOf(',');
        return new int[] {
            Integer.parseInt(member.substring(BEGINNING.length(), comma)), Integer.parseInt(member.substring(comma + 1))
        };
    }

    /** Whether the place is where {@code aMethod} has read an element. */
    boolean isReadIn(String aMethod) {
        return member.equals(ELEMENTS) && method.equals(aMethod);
    }

    /** Whether the place is in {@code aMethod}, going by the table. */
    boolean isIn(String aMethod) {
        return method.equals(aMethod)
                || method.equals(ANY)
                || method.startsWith(aMethod) && method.charAt(aMethod.length()) == '(';
    }

    /** Whether it is in the JDK. A library may be there or not, several times, and in any version. */
    public boolean isInJdk() {
        for (String part : JDK) {
            if (target.startsWith(part)) {
                return true;
            }
        }
        return false;
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
