package dev.asyncloop.agent;

/**
 * Something that is inserted into a class of the JDK or of a library. Each kind of hook is a record here and a branch
 * of {@link HookInserter}.
 */
public sealed interface Hook {

    /** Where it is inserted. */
    Place place();

    /** The class that is called there, by its full name. */
    String receiver();

    /**
     * A hook that tells of an event. What the JDK does stays as it is.
     *
     * @param moment whether the event is told before the call that marks the place, or after it
     * @param event the method of the receiver to call
     */
    record Tell(Place place, String receiver, Moment moment, String event) implements Hook {

        /**
         * Reads a row of a table. Its columns are the class, the event, the method, {@code before} or {@code after},
         * and the call or field that marks the place.
         */
        static Tell parse(String row, String receiver) {
            String[] columns = row.strip().split(" +");
            if (columns.length != 5) {
                throw new IllegalArgumentException("a hook has five columns: " + row);
            }
            return new Tell(
                    new Place(columns[0], columns[2], columns[4]), receiver, Moment.parse(columns[3]), columns[1]);
        }

        @Override
        public String toString() {
            return place.toString();
        }
    }

    /** On which side of its place a hook is. */
    enum Moment {
        BEFORE,
        AFTER;

        private static Moment parse(String word) {
            return switch (word) {
                case "before" -> BEFORE;
                case "after" -> AFTER;
                default -> throw new IllegalArgumentException("a hook is before or after its place, not " + word);
            };
        }
    }
}
