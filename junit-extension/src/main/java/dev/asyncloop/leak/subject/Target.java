package dev.asyncloop.leak.subject;

/**
 * What the file descriptors of one object lead to.
 *
 * @param words its description in a message, such as {@code directory /orders}
 * @param sort the sort of object, such as {@code directory}; empty for a file
 * @param name what tells it from others of its sort, such as a path; empty if nothing does
 */
public record Target(String words, String sort, String name) {

    /** A target that messages describe by its sort and name. */
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
