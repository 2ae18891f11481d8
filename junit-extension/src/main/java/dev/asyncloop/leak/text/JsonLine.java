package dev.asyncloop.leak.text;

import java.util.List;

/** A JSON object on one line, written field by field. One thread. */
final class JsonLine {

    private final StringBuilder text = new StringBuilder("{");

    JsonLine with(String name, Object value) {
        next(name).append(value instanceof Number ? value.toString() : quoted(value));
        return this;
    }

    JsonLine with(String name, List<?> values) {
        next(name).append('[');
        String between = "";
        for (Object value : values) {
            text.append(between).append(quoted(value));
            between = ",";
        }
        text.append(']');
        return this;
    }

    private StringBuilder next(String name) {
        return text.append(text.length() == 1 ? "" : ",").append(quoted(name)).append(':');
    }

    private static String quoted(Object value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char sign : String.valueOf(value).toCharArray()) {
            if (sign == '"' || sign == '\\') {
                quoted.append('\\').append(sign);
            } else if (sign < ' ' || Character.isSurrogate(sign)) { // half of a pair could not be encoded
                quoted.append(String.format("\\u%04x", (int) sign));
            } else {
                quoted.append(sign);
            }
        }
        return quoted.append('"').toString();
    }

    /** The line, with its line break. */
    @Override
    public String toString() {
        return text + "}\n";
    }
}
