package dev.asyncloop.jdk;

/**
 * A place in a class of the JDK where a descriptor is opened or closed, or a thread or the like is started.
 *
 * @param target the class, by its full name
 * @param event the method of {@link DescriptorEvents} or {@link ThreadEvents} to call there; one in -ing before it happens
 * @param member the call or field access that marks the place, such as {@code EPoll.create}; {@link #CONSTRUCTORS} for the
 *     end of each constructor
 */
record DescriptorHook(String target, String event, String member) {

    static final String CONSTRUCTORS = "<init>";

    /** From a line of a table with three columns. */
    static DescriptorHook parse(String line) {
        String[] columns = line.strip().split(" +");
        return new DescriptorHook(columns[0], columns[1], columns[2]);
    }

    /** Whether the event is told before the call that marks the place, not after it. */
    boolean comesFirst() {
        return event.endsWith("ing");
    }

    /** Whether a class file's reference to a member is the one that marks the place. */
    boolean isMarkedBy(String ownersInternalName, String name) {
        String owner = ownersInternalName.substring(ownersInternalName.lastIndexOf('/') + 1);
        return member.equals(owner + "." + name);
    }

    @Override
    public String toString() {
        return member + " in " + target;
    }
}
