package dev.asyncloop.leak.text;

import java.util.List;

/** How the lines of a message stand below each other. */
public final class Layout {

    private static final int COLUMN = 9;

    private Layout() {}

    /** Appends a line of an entry. */
    public static void part(StringBuilder text, String word, Object content) {
        text.append("\n       ")
                .append(word)
                .append(" ".repeat(COLUMN - word.length()))
                .append(content);
    }

    /** A numbered list. */
    public static String numbered(List<String> entries) {
        StringBuilder text = new StringBuilder();
        int number = 1;
        for (String entry : entries) {
            text.append("\n  ").append(number++).append(". ").append(entry);
        }
        return text.toString();
    }
}
