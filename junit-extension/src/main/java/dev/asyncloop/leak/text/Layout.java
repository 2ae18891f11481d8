package dev.asyncloop.leak.text;

import java.util.List;

/** The layout of the lines of a message. */
public final class Layout {

    private static final int COLUMN = 9;

    private Layout() {}

    /** Appends a line to an entry: {@code word} in the first column, {@code content} in the second. */
    public static void part(StringBuilder text, String word, Object content) {
        text.append("\n       ")
                .append(word)
                .append(" ".repeat(COLUMN - word.length()))
                .append(content);
    }

    /** The entries as a numbered list. */
    public static String numbered(List<String> entries) {
        StringBuilder text = new StringBuilder();
        int number = 1;
        for (String entry : entries) {
            text.append("\n  ").append(number++).append(". ").append(entry);
        }
        return text.toString();
    }
}
