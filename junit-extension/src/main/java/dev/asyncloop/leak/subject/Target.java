package dev.asyncloop.leak.subject;

/**
 * What file descriptors lead to.
 *
 * @param words what it is in a message, such as {@code directory /orders}
 * @param sort the sort of thing, such as {@code directory}; empty for a file
 * @param name what tells it from others of its sort, such as a path; empty where nothing does
 */
public record Target(String words, String sort, String name) {

    /** One that messages call by its sort and its name. */
    public static Target of(String sort, String name) {
        return new Target(sort + " " + name, sort, name);
    }

    /** A file. */
    public static Target file(String path) {
        return new Target(path, "", path);
    }

    @Override
    public String toString() {
        return words;
    }
}
